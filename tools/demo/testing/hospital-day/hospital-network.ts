import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { interfaceTable, isInfno } from '#shared/national-interface';
import type { TransactionForm } from '#shared/national-interface';
import type { Random } from '../../../fuzz/random.js';
import type { Doors, EnvelopeAnswer, Json } from '../../doors.js';
import { StoryBroken } from '../../story-broken.js';
import type { InstitutionFact } from '../../world.js';

/** What a hospital knows in the end about one message: done with its output, undone by 2601, or refused with a code. */
export type Known =
  | { readonly kind: 'done'; readonly output: Json }
  | { readonly kind: 'undone' }
  | { readonly kind: 'refused'; readonly code: string };

/** How often something goes wrong on the way, as shares of the calls. */
export interface Trouble {
  readonly answerLost: number;
  readonly sentTwice: number;
  readonly reversalRaces: number;
}

const codeIn = ({ err_msg }: EnvelopeAnswer): string => /^\[(\w+)\]/.exec(err_msg)?.[1] ?? err_msg;

/**
 * 医院到网关的线路: answers get lost, messages are sent twice, and the gateway may be gone for a while. The hospital acts as the
 * interface asks: it sends the same message again, or reverses it with 2601 until that is confirmed.
 */
export class HospitalNetwork {
  calls = 0;
  /** What should not have happened. */
  readonly wrong: string[] = [];
  private gate: Promise<void> = Promise.resolve();

  constructor(
    private readonly doors: Doors,
    private readonly trouble: Trouble,
  ) {}

  /** Calls that fail wait for this before they go on. */
  closeUntil(open: Promise<void>): void {
    this.gate = open;
  }

  /** A question, which changes nothing: asked until there is an answer. */
  async ask(hospital: InstitutionFact, infno: string, input: Json, home: string): Promise<EnvelopeAnswer> {
    for (;;) {
      const answer = await this.once(hospital, infno, input, { home });
      if (answer !== undefined && answer.infcode !== -1) return answer;
      await this.gate;
    }
  }

  /** A message that changes something, until the hospital knows what became of it. */
  async send(hospital: InstitutionFact, infno: string, input: Json, home: string, random: Random): Promise<Known> {
    const msgid = this.doors.newMessageId(hospital);
    const psn = personIn(input);
    if (isReversible(infno) && random.chance(this.trouble.reversalRaces)) {
      const [, reversed] = await Promise.all([
        this.once(hospital, infno, input, { home, msgid }),
        this.reverse(hospital, infno, msgid, psn, home),
      ]);
      if (reversed === undefined) return { kind: 'undone' };
    }
    for (;;) {
      const answer = await this.once(hospital, infno, input, { home, msgid });
      const lost = answer === undefined || answer.infcode === -1 || random.chance(this.trouble.answerLost);
      if (!lost && answer.infcode === 0) {
        if (random.chance(this.trouble.sentTwice)) await this.again(hospital, infno, input, { home, msgid }, answer);
        return { kind: 'done', output: answer.output ?? {} };
      }
      const runs = !lost && codeIn(answer) === 'MESSAGE_RUNNING';
      if (!lost && !runs) return { kind: 'refused', code: codeIn(answer) };
      if (runs) await sleep(100);
      await this.gate;
      if (isReversible(infno) && random.chance(0.5)) {
        const refusal = await this.reverse(hospital, infno, msgid, psn, home);
        if (refusal === undefined) return { kind: 'undone' };
      }
    }
  }

  /** 2601 until it is answered; undefined when it is done, the code when it cannot be. */
  private async reverse(
    hospital: InstitutionFact,
    infno: string,
    msgid: string,
    personNo: string,
    home: string,
  ): Promise<string | undefined> {
    for (;;) {
      const data = { psn_no: personNo, omsgid: msgid, oinfno: infno };
      const answer = await this.once(hospital, '2601', { data }, { home });
      if (answer?.infcode === 0) return undefined;
      if (answer?.infcode === -2) return codeIn(answer);
      await this.gate;
    }
  }

  /** The same message once more must be answered in the same words. */
  private async again(
    hospital: InstitutionFact,
    infno: string,
    input: Json,
    options: { home: string; msgid: string },
    first: EnvelopeAnswer,
  ): Promise<void> {
    const second = await this.once(hospital, infno, input, options);
    if (second === undefined || second.infcode === -1) return;
    if (!isDeepStrictEqual(second.output, first.output))
      this.wrong.push(`${infno} ${options.msgid}: two answers differ`);
  }

  /** Undefined when there was no answer. */
  private async once(
    hospital: InstitutionFact,
    infno: string,
    input: Json,
    options: { home: string; msgid?: string },
  ): Promise<EnvelopeAnswer | undefined> {
    this.calls += 1;
    try {
      return await this.doors.hospital(hospital, infno, input, options);
    } catch (error) {
      if (error instanceof StoryBroken) throw error;
      return undefined;
    }
  }
}

/** Whether 2601 takes a transaction back at all. */
function isReversible(infno: string): boolean {
  const base = infno.replace(/A$/, '');
  if (!isInfno(base)) return false;
  const form: TransactionForm = interfaceTable[base];
  return form.reversal === 'undone';
}

/** 人员编号, wherever a message has it. */
function personIn(input: Json): string {
  const found = /"psn_no":"(\d+)"/.exec(JSON.stringify(input));
  return found?.[1] ?? '';
}
