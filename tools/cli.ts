import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand, type Command } from './launcher/command-life.js';

const [name = '', ...args] = process.argv.slice(2);
const file = [join(import.meta.dirname, 'commands', `${name}.js`), join(import.meta.dirname, name, 'command.js')].find(
  existsSync,
);

if (file === undefined) {
  console.error(`There is no command "${name}".`);
  process.exitCode = 2;
} else {
  const { run } = (await import(pathToFileURL(file).href)) as { run: Command };
  process.exitCode = await runCommand(run, args);
  // The channel to the bootstrap would keep this process alive.
  if (process.connected) process.disconnect();
}
