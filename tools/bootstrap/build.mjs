import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from './project.mjs';
import { startStep } from './progress.mjs';

const SOURCES = ['apps', 'libs', 'tools', 'bench'];
const RECORD = '.yidi-build.json';
const NOT_BUILT = /\.(spec|itest|e2e|tests)\.ts$|\.d\.m?ts$/;

/**
 * Brings dist up to date with the sources. The new dist grows beside the old one and takes its place in one move,
 * so that a failed or killed build leaves the old one untouched.
 */
export async function buildIfNeeded() {
  const dist = join(projectRoot, 'dist');
  const sources = listSources();
  const compiler = compilerIdentity();
  const last = readRecord(join(dist, RECORD), compiler);
  if (last !== undefined && sameFiles(last.files, sources)) return;

  const step = startStep('Building');
  const next = join(projectRoot, '.yidi/building');
  const old = join(projectRoot, '.yidi/built-before');
  try {
    rmSync(next, { recursive: true, force: true });
    const changed = [];
    for (const [path, stamp] of Object.entries(sources)) {
      mkdirSync(dirname(join(next, path)), { recursive: true });
      if (last?.files[path] !== stamp || !keep(path, dist, next)) changed.push(path);
    }
    await compile(changed, next);
    writeFileSync(join(next, RECORD), JSON.stringify({ compiler, files: sources }));
    rmSync(old, { recursive: true, force: true });
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
    rmSync(old, { recursive: true, force: true });
    step.done();
  } catch (error) {
    step.failed();
    throw error;
  }
}

/** Every source file with a stamp that changes when the file does. */
function listSources() {
  const found = {};
  const walk = (folder) => {
    for (const entry of readdirSync(join(projectRoot, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') walk(path);
      if (!entry.isFile() || NOT_BUILT.test(path)) continue;
      const { mtimeMs, size } = statSync(join(projectRoot, path));
      found[path] = `${mtimeMs}/${size}`;
    }
  };
  for (const folder of SOURCES) if (existsSync(join(projectRoot, folder))) walk(folder);
  return found;
}

function compilerIdentity() {
  const hash = createHash('sha256');
  for (const path of ['.swcrc', 'node_modules/@swc/core/package.json', 'tools/bootstrap/build.mjs']) {
    hash.update(readFileSync(join(projectRoot, path)));
  }
  return hash.digest('hex');
}

function readRecord(path, compiler) {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8'));
    return record.compiler === compiler ? record : undefined;
  } catch {
    return undefined;
  }
}

function sameFiles(left, right) {
  const paths = Object.keys(right);
  return Object.keys(left).length === paths.length && paths.every((path) => left[path] === right[path]);
}

function outputsOf(path) {
  const script = path.replace(/\.ts$/, '.js');
  return path.endsWith('.ts') ? [script, `${script}.map`] : [path];
}

/** Takes an unchanged file over from the old dist; false when it is not there. */
function keep(path, dist, next) {
  return outputsOf(path).every((output) => {
    if (!existsSync(join(dist, output))) return false;
    linkSync(join(dist, output), join(next, output));
    return true;
  });
}

async function compile(paths, next) {
  const { transformFile } = await import('@swc/core');
  const failures = [];
  await Promise.all(
    paths.map(async (path) => {
      const [target, map] = outputsOf(path);
      if (map === undefined) return copyFileSync(join(projectRoot, path), join(next, target));
      try {
        const sourceFileName = relative(dirname(join('dist', path)), path);
        const result = await transformFile(join(projectRoot, path), { cwd: projectRoot, sourceFileName });
        rmSync(join(next, target), { force: true });
        writeFileSync(join(next, target), `${result.code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
        rmSync(join(next, map), { force: true });
        writeFileSync(join(next, map), result.map);
      } catch (error) {
        failures.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
  if (failures.length > 0)
    throw new Error(`The build failed, and the last good build was kept:\n${failures.join('\n')}`);
}
