import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../launcher/places.js';

const defaultUrl = 'http://127.0.0.1:7006';

export const vendorPage = (): string => readFileSync(join(projectRoot, 'docs/vendors.md'), 'utf8');

/** The commands of docs/vendors.md, one after the other as a reader pastes them. */
export function pageCommands(): string {
  const blocks = [...vendorPage().matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  if (blocks.length === 0) throw new Error('docs/vendors.md has no commands');
  return blocks.join('\n');
}

export const pageCommandsAt = (url: string): string => pageCommands().replaceAll(defaultUrl, url);

/** What the page says that each `field` shows: `field acct_pay # 243.62`. */
export const promisedValues = (): string[] =>
  [...pageCommands().matchAll(/^field \w+ # (.+)$/gm)].map(([, value = '']) => value);

/** What the fields showed: each prints its value on a line of its own, answers are objects. */
export const shownValues = (stdout: string): string[] => stdout.split('\n').filter((line) => /^-?\d[\d.]*$/.test(line));

/** Runs lines in bash; answers what it said on each output. */
export function bash(lines: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-s'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    shell.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    shell.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    shell.once('error', reject);
    shell.once('close', (code) => {
      resolve({ code, ...said });
    });
    shell.stdin.end(lines);
  });
}

/** Undefined where the commands can be tried; otherwise why not, said on the error output too, for nobody should believe they were. */
export async function whyNoShell(): Promise<string | undefined> {
  const { code } = await bash('command -v curl && command -v openssl');
  if (code === 0) return undefined;
  const why = 'curl or openssl is missing';
  process.stderr.write(`NOT TESTED on this machine: the commands of docs/vendors.md. ${why}.\n`);
  return why;
}
