import { performance } from 'node:perf_hooks';

const SILENT_MILLISECONDS = 1000;
const PLAIN_INTERVAL_MILLISECONDS = 5000;

/**
 * Shows a step that takes longer than a second: on a terminal one line that counts,
 * elsewhere a plain line now and at most every five seconds. Progress goes to stderr, so that output stays clean.
 */
export function startStep(text) {
  const started = performance.now();
  const terminal = process.stderr.isTTY === true;
  let detail = '';
  let shownAt = 0;
  const seconds = () => (performance.now() - started) / 1000;
  const show = () => {
    const elapsed = seconds() * 1000;
    if (elapsed < SILENT_MILLISECONDS) return;
    if (!terminal && shownAt > 0 && elapsed - shownAt < PLAIN_INTERVAL_MILLISECONDS) return;
    shownAt = elapsed;
    const line = `${text}${detail} … ${Math.floor(elapsed / 1000)} s`;
    process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, terminal ? 200 : SILENT_MILLISECONDS);
  timer.unref();
  const end = (mark) => {
    clearInterval(timer);
    const total = seconds();
    if (shownAt > 0) process.stderr.write(`${terminal ? '\r\u001b[K' : ''}${text} ${mark} ${total.toFixed(1)} s\n`);
    return total;
  };
  return {
    /** Adds where the step stands, for example how many services are ready. */
    detail: (now) => {
      detail = ` (${now})`;
      show();
    },
    done: () => end('✓'),
    failed: () => end('✗'),
  };
}
