import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { throwIfStopped } from './waiting.js';

export interface ExternalOptions {
  timeoutSeconds?: number;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number } | undefined;
  logFile?: string;
  signal?: AbortSignal | undefined;
}

export interface ExternalResult {
  /** Undefined when the program does not exist or did not answer in time. */
  code: number | undefined;
  output: string;
}

/** Runs a program to its end. A missing program is an answer, not an exception; a stop ends the program too. */
export async function runExternal(
  command: string,
  args: readonly string[],
  options: ExternalOptions = {},
): Promise<ExternalResult> {
  throwIfStopped(options.signal);
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'w');
  try {
    const result = await run(command, args, options, log);
    throwIfStopped(options.signal);
    return log === undefined ? result : { ...result, output: readFileSync(options.logFile ?? '', 'utf8') };
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

function run(
  command: string,
  args: readonly string[],
  options: ExternalOptions,
  log: number | undefined,
): Promise<ExternalResult> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
      detached: true,
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.user ?? {}),
    });
    const end = (): boolean => child.kill('SIGTERM');
    // A timeout of spawn itself would keep this process alive after a program that does not exist.
    const timer = setTimeout(() => child.kill('SIGKILL'), (options.timeoutSeconds ?? 600) * 1000);
    options.signal?.addEventListener('abort', end, { once: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    const settle = (code: number | null): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', end);
      resolve({ code: code ?? undefined, output });
    };
    child.once('error', () => {
      settle(null);
    });
    child.once('close', settle);
  });
}
