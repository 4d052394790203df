import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What tells this process from a later one with the same number: the boot and the tick it started at.
 * Undefined when no such process is alive; a zombie is not alive.
 */
export function identityOf(pid) {
  return process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid);
}

function linuxIdentity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function psIdentity(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock file or names the living process that holds it.
 * A lock whose holder has died is taken over.
 */
export function takeLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  for (;;) {
    writeFileSync(own, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }));
    try {
      linkSync(own, path);
      return { taken: true, release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(own, { force: true });
    }
    const holder = readHolder(path);
    if (holder !== undefined && identityOf(holder.pid) === holder.identity) return { taken: false, pid: holder.pid };
    removeStale(path, own);
  }
}

/** Between reading and renaming another process may have taken the lock over; then it is put back. */
function removeStale(path, aside) {
  try {
    renameSync(path, aside);
    const holder = readHolder(aside);
    if (holder !== undefined && identityOf(holder.pid) === holder.identity) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
