import { Worker } from 'node:worker_threads';

interface Verdict {
  readonly id: number;
  readonly signed: boolean;
}

const signaturePattern = /^[0-9a-f]{128}$/;
/** Compiled beside us; as source when the tests run the sources. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './sm2-worker.ts' : './sm2-worker.js', import.meta.url);

/** 国密 SM2 验签 off the main thread, which has settlements to answer. The thread starts with the first question. */
export class Sm2Verifier {
  private worker: Worker | undefined;
  private nextId = 0;
  private readonly waiting = new Map<number, { resolve: (signed: boolean) => void; reject: (error: Error) => void }>();

  /** Signature in hex, upper or lower case; public key as 04 and both coordinates. */
  verify(text: string, signature: string, publicKey: string): Promise<boolean> {
    const given = signature.toLowerCase();
    if (!signaturePattern.test(given)) return Promise.resolve(false);
    const worker = (this.worker ??= this.start());
    this.nextId += 1;
    const id = this.nextId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, text, signature: given, publicKey });
    });
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(workerFile);
    worker.unref();
    worker.on('message', ({ id, signed }: Verdict) => {
      this.waiting.get(id)?.resolve(signed);
      this.waiting.delete(id);
    });
    worker.on('error', (error: Error) => {
      this.worker = undefined;
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
    return worker;
  }
}
