import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';
import { startStep } from './progress.mjs';

const NEEDED_MEGABYTES = 1000;

/** Runs `npm ci` when node_modules is not what package-lock.json says; answers the seconds it took. */
export async function installIfNeeded() {
  const lockText = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const hashFile = join(projectRoot, 'node_modules/.yidi-lock-hash');
  if (existsSync(hashFile) && readFileSync(hashFile, 'utf8').trim() === hash) return 0;
  if (isInstalled(JSON.parse(lockText))) {
    writeFileSync(hashFile, hash);
    return 0;
  }
  const seconds = await runNpmCi();
  writeFileSync(hashFile, hash);
  return seconds;
}

/** Somebody may have run npm by hand: npm's own record of what it installed is compared, package by package. */
function isInstalled(lock) {
  const record = join(projectRoot, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) =>
    installed[path] === undefined ? optional === true : installed[path].version === version,
  );
}

async function runNpmCi() {
  const { bavail, bsize } = statfsSync(projectRoot);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < NEEDED_MEGABYTES) {
    throw new Error(
      `Only ${free} MB are free here and installing needs ${NEEDED_MEGABYTES} MB; free some space and run the command again.`,
    );
  }
  mkdirSync(join(projectRoot, '.yidi'), { recursive: true });
  const logFile = join(projectRoot, '.yidi/install.log');
  const log = openSync(logFile, 'w');
  const step = startStep('Installing packages (npm ci)');
  try {
    const npm = process.env.npm_execpath;
    const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
    const code = await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', log, log] });
      child.on('error', reject);
      child.on('exit', (exit) => resolve(exit));
    });
    if (code !== 0) {
      throw new Error(
        `Installing packages failed; see .yidi/install.log, check that the package registry can be reached, and run the command again.`,
      );
    }
    return step.done();
  } catch (error) {
    step.failed();
    throw error.code === 'ENOENT'
      ? new Error('The program "npm" was not found; install Node.js together with npm.')
      : error;
  } finally {
    closeSync(log);
  }
}
