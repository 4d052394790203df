import { expect } from '@jest/globals';
import { actorNames, catalogue } from '#shared/errors';
import type { ErrorCode, ErrorEntry } from '#shared/errors';
import type { EnvelopeAnswer } from '../doors.js';
import type { TestWorld } from './test-world.js';

/** What a caller must never see: exceptions, stacks, SQL, names of our tools, English sentences of a library. */
const inside =
  /error|exception|stack|\.[jt]s\b|node_modules|\bselect\b|\binsert\b|relation|constraint|sqlstate|typeorm|kafka|fastify|undefined|\[object|NaN|[a-z]{2,} [a-z]{2,} [a-z]{2,}/i;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** The catalogue's sentence with anything where an argument goes. */
const sentence = (template: string): string =>
  template
    .split(/\{\w+\}/)
    .map(escaped)
    .join('.+?');

/** Sees to it that a call is refused in the words of the catalogue, and that nothing of it stays behind. */
export class Refusals {
  constructor(private readonly world: TestWorld) {}

  /** A hospital's call: HTTP 200, -2 (or -1 when the system must act), code, sentence, who and what next on one line. */
  async ofGateway(code: ErrorCode, call: () => Promise<Response>): Promise<EnvelopeAnswer> {
    const { response, text } = await this.withoutTrace(call);
    const { who, text: template, next }: ErrorEntry = catalogue[code];
    expect([response.status, text]).toEqual([200, expect.stringContaining(`[${code}]`)]);
    const answer = JSON.parse(text) as EnvelopeAnswer;
    const line = `^\\[${code}\\] ${sentence(template)}（${actorNames[who]}）${sentence(next)}$`;
    expect(answer).toEqual({
      infcode: who === 'system' ? -1 : -2,
      inf_refmsgid: expect.stringMatching(/^\d{30}$/),
      refmsg_time: expect.stringMatching(/^\d{17}$/),
      respond_time: expect.stringMatching(/^\d{17}$/),
      err_msg: expect.stringMatching(new RegExp(line, 's')),
      output: null,
    });
    expect(answer.err_msg.replace(`[${code}]`, '')).not.toMatch(inside);
    return answer;
  }

  /** An agency's call: the status of the catalogue, code, who must act, sentence, next step, articles, trace id. */
  async ofAgency(code: ErrorCode, call: () => Promise<Response>): Promise<{ message: string }> {
    const { response, text } = await this.withoutTrace(call);
    const { who, text: template, next, http, articles }: ErrorEntry = catalogue[code];
    expect([response.status, text]).toEqual([http, expect.stringContaining(`"code":"${code}"`)]);
    const answer = JSON.parse(text) as { message: string };
    expect(answer).toEqual({
      code,
      who,
      message: expect.stringMatching(new RegExp(`^${sentence(template)}$`, 's')),
      next: expect.stringMatching(new RegExp(`^${sentence(next)}$`)),
      articles,
      traceId: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
    });
    expect(answer.message).not.toMatch(inside);
    return answer;
  }

  private async withoutTrace(call: () => Promise<Response>): Promise<{ response: Response; text: string }> {
    await this.world.state.settled();
    const before = await this.world.state.read();
    const response = await call();
    const text = await response.text();
    expect(await this.world.state.read()).toEqual(before);
    return { response, text };
  }
}
