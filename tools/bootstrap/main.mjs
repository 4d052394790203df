import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { takeLock } from './lock.mjs';
import { plainSentence, projectRoot } from './project.mjs';
import { startStep } from './progress.mjs';

const COMMANDS = [
  ...['demo', 'start', 'test', 'check', 'build', 'bench', 'cases', 'migrate', 'replay', 'clock', 'token', 'servers'],
  ...['conformance', 'docs', 'packs', 'prepare', 'simulator'],
];

/** Installs and builds under one lock, then runs the command and ends exactly as it ended. */
export async function main([command, ...args]) {
  try {
    if (command === undefined || !COMMANDS.includes(command)) {
      console.error(`There is no command "${command ?? ''}"; the commands are ${COMMANDS.join(', ')}.`);
      process.exitCode = 2;
      return;
    }
    const seconds = await prepare();
    if (command === 'build') return;
    const built = (path) => existsSync(join(projectRoot, 'dist/tools', path));
    if (!built(`commands/${command}.js`) && !built(`${command}/command.js`)) {
      console.error(`The command "${command}" is not written yet: tools/commands/${command}.ts is missing.`);
      process.exitCode = 2;
      return;
    }
    await continueOnPinnedNode([command, ...args], seconds);
  } catch (error) {
    console.error(plainSentence(error));
    process.exitCode = 1;
  }
}

/** Two copies started at once in one folder take turns here; the second then finds everything done. */
async function prepare() {
  const path = join(projectRoot, '.yidi/bootstrap.lock');
  let waiting;
  let lock = takeLock(path);
  while (!lock.taken) {
    waiting ??= startStep(`Waiting for process ${lock.pid}, which is installing or building`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    lock = takeLock(path);
  }
  waiting?.done();
  try {
    const seconds = await installIfNeeded();
    await buildIfNeeded();
    return seconds;
  } finally {
    lock.release();
  }
}

function pinnedNode() {
  const pinned = join(projectRoot, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    'The pinned Node 24 is missing from node_modules; run "npm ci" and allow the install script of "node".',
  );
}

/**
 * kafkajs 2 sets timers with negative times, of which Node 24 warns; that says nothing to the people who read this.
 * The IPC channel has one purpose: when this process dies without a word, the command notices
 * that it is disconnected and stops what it has started.
 */
async function continueOnPinnedNode(args, installSeconds) {
  const child = spawn(
    pinnedNode(),
    [
      '--enable-source-maps',
      '--disable-warning=TimeoutNegativeWarning',
      join(projectRoot, 'dist/tools/cli.js'),
      ...args,
    ],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, YIDI_INSTALL_SECONDS: installSeconds.toFixed(1) },
    },
  );
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (...ending) => resolve(ending));
  });
  for (const name of signals) process.removeAllListeners(name);
  if (signal !== null) process.kill(process.pid, signal);
  else process.exitCode = code;
}
