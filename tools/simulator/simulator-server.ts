import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { FaultUnknown, faultHeader, faultOfBody, faultOfHeader } from './faults.js';
import type { Fault } from './faults.js';
import { forwardWith } from './forward.js';
import type { Call, FaultyWorld, Reply } from './forward.js';

export interface SimulatorOptions {
  readonly port: number;
  readonly settlementUrl: string;
  readonly filingUrl: string;
  readonly view: (standing: Fault | undefined) => object;
  readonly shell: () => string;
  readonly withoutFilingOf: FaultyWorld['withoutFilingOf'];
}

const gatewayAddress = /^\/(gateway\/|fsi\/api\/|[0-9]{4,5}[A-Za-z]?(\?|$))/;
/** Settlement asks filing under this address, so that filing can be made to seem down. */
export const filingPath = '/filing';
/** Where the home side of one area would be, if it answered. */
export const silentHomePath = '/silent-home';
const passedOn = ['content-type', 'content-disposition', 'x-trace-id'];
const largestBody = 20 * 1024 * 1024;

/** 模拟器: answers its own world at /simulator, and hands every call of a hospital on to the real gateway, with a fault on demand. */
export class SimulatorServer implements Pick<FaultyWorld, 'withoutFilingService'> {
  private readonly server: Server;
  private standing: Fault | undefined;
  private filingCuts = 0;

  private constructor(private readonly options: SimulatorOptions) {
    this.server = createServer((request, response) => {
      this.take(request, response).catch((error: unknown) => {
        answerJson(response, 502, { error: error instanceof Error ? error.message : String(error) });
      });
    });
  }

  static async start(options: SimulatorOptions): Promise<SimulatorServer> {
    const simulator = new SimulatorServer(options);
    await new Promise<void>((resolve, reject) => {
      simulator.server.once('error', reject);
      simulator.server.listen(options.port, '127.0.0.1', resolve);
    });
    return simulator;
  }

  async withoutFilingService<T>(work: () => Promise<T>): Promise<T> {
    this.filingCuts += 1;
    try {
      return await work();
    } finally {
      this.filingCuts -= 1;
    }
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request;
    const body = await bodyOf(request);
    const headers = plain(request);
    if (path.startsWith(`${filingPath}/`)) await this.askFiling(request, { method, path, headers, body }, response);
    else if (path.startsWith(`${silentHomePath}/`)) request.socket.destroy();
    else if (method === 'POST' && gatewayAddress.test(path))
      await this.callGateway(request, { method, path, headers, body }, response);
    else this.answerItself(`${method} ${path}`, body, response);
  }

  private answerItself(asked: string, body: Buffer, response: ServerResponse): void {
    switch (asked) {
      case 'GET /simulator':
        answerJson(response, 200, this.options.view(this.standing));
        return;
      case 'GET /simulator/shell':
        answerText(response, this.options.shell());
        return;
      case 'PUT /simulator/faults':
        this.setFault(body, response);
        return;
      default:
        answerJson(response, 404, { error: '只有 GET /simulator、PUT /simulator/faults 与 POST /<infno>' });
    }
  }

  private setFault(body: Buffer, response: ServerResponse): void {
    try {
      this.standing = faultOfBody(JSON.parse(body.toString() || '{}'));
      answerJson(response, 200, { standing: this.standing ?? null });
    } catch (error) {
      if (!(error instanceof FaultUnknown) && !(error instanceof SyntaxError)) throw error;
      answerJson(response, 400, { error: error instanceof FaultUnknown ? error.message : '不是 JSON' });
    }
  }

  private async callGateway(request: IncomingMessage, call: Call, response: ServerResponse): Promise<void> {
    const wanted = request.headers[faultHeader];
    let fault = this.standing;
    try {
      if (typeof wanted === 'string') fault = faultOfHeader(wanted);
    } catch (error) {
      if (!(error instanceof FaultUnknown)) throw error;
      answerJson(response, 400, { error: error.message });
      return;
    }
    const world = {
      withoutFilingService: <T>(work: () => Promise<T>) => this.withoutFilingService(work),
      withoutFilingOf: this.options.withoutFilingOf,
    };
    const reply = await forwardWith(fault, call, (one) => send(this.options.settlementUrl, one), world);
    if (reply === undefined) request.socket.destroy();
    else answer(response, reply);
  }

  private async askFiling(request: IncomingMessage, call: Call, response: ServerResponse): Promise<void> {
    if (this.filingCuts > 0) {
      request.socket.destroy();
      return;
    }
    const path = call.path.slice(filingPath.length);
    answer(response, await send(this.options.filingUrl, { ...call, path }));
  }
}

async function send(url: string, { method, path, headers, body }: Call): Promise<Reply> {
  const response = await fetch(url + path, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
  });
  const kept = passedOn.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    status: response.status,
    headers: Object.fromEntries(kept) as Record<string, string>,
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** Headers as they came, without those that belong to the line and not to the message. */
function plain({ headers }: IncomingMessage): Record<string, string> {
  const ofTheLine = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect', faultHeader]);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !ofTheLine.has(name) ? [[name, value]] : [],
    ),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBody) throw new Error('报文超过 20 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}

const answerJson = (response: ServerResponse, status: number, value: object): void => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  answer(response, { status, headers, body: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) });
};

const answerText = (response: ServerResponse, text: string): void => {
  answer(response, { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(text) });
};
