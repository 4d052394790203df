import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Where the network is cut while one request passes: before it arrives, or on the way of its answer. */
export type Cut = 'before-request' | 'after-request' | 'inside-answer' | 'no-answer' | 'never-arrives';

/** 断网: stands between two services and loses requests or answers as it is told. */
export class CutProxy {
  /** What happens to the next requests, one by one; afterwards `always`. */
  readonly plan: (Cut | undefined)[] = [];
  always: Cut | undefined;
  /** The paths of the requests that came, also of those that were lost. */
  readonly seen: string[] = [];
  /** Called when a request has reached the other side and before its answer goes back. */
  meanwhile: (() => Promise<unknown>) | undefined;
  target = '';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CutProxy> {
    const server = createServer();
    const proxy = new CutProxy(server);
    server.on('request', (request, response) => {
      proxy.pass(request, response).catch(() => request.socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The network is whole again. */
  heal(): void {
    this.plan.length = 0;
    this.always = undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    this.seen.push(path);
    const cut = this.plan.length > 0 ? this.plan.shift() : this.always;
    const body = await buffer(request);
    if (cut === 'before-request') return void request.socket.destroy();
    if (cut === 'never-arrives') return;
    const answer = await fetch(this.target + path, {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
      body,
    });
    const answered = Buffer.from(await answer.arrayBuffer());
    await this.meanwhile?.();
    if (cut === 'no-answer') return;
    if (cut === 'after-request') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': answered.length });
    if (cut !== 'inside-answer') return void response.end(answered);
    response.write(answered.subarray(0, answered.length / 2), () => request.socket.destroy());
  }
}
