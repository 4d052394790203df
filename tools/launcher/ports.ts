import { createServer } from 'node:net';
import { LauncherFault } from './faults.js';

/** A fault when something else listens on this port of this machine. */
export async function requireFreePort(port: number, use: string, portBase: number): Promise<void> {
  if (!(await isPortFree(port))) throw new LauncherFault('port-taken', { port, use, portBase });
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
