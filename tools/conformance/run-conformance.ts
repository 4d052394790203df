import { conformanceCases } from './cases/index.js';
import type { ConformanceCase } from './cases/conformance-case.js';
import { Desk } from './desk.js';
import { CaseStopped } from './step.js';
import type { CaseResult, ConformanceReport } from './step.js';
import type { ConformanceFacts } from './world-file.js';

/** 接入自检 (H79 H81 H82): case after case against one gateway; a case that breaks does not keep the others from running. */
export async function runConformance(
  facts: ConformanceFacts,
  { strict, cases = conformanceCases }: { strict: boolean; cases?: readonly ConformanceCase[] },
): Promise<ConformanceReport> {
  const desk = new Desk(facts, strict);
  const begunAt = desk.now();
  const begun = performance.now();
  const results: CaseResult[] = [];
  for (const one of cases) results.push(await carryOut(one, desk));
  const { code, name } = facts.hospital.institution;
  return {
    ok: results.every(({ passed }) => passed),
    ...{ url: facts.url, institution: `${name}（${code}）`, begunAt: begunAt.toISOString() },
    seconds: (performance.now() - begun) / 1000,
    cases: results,
  };
}

async function carryOut({ id, title, articles, missing, run }: ConformanceCase, desk: Desk): Promise<CaseResult> {
  const without = missing?.(desk);
  if (without !== undefined) return { id, title, articles, steps: [], stopped: `未做：${without}`, passed: true };
  let stopped: string | null = null;
  try {
    await run(desk);
  } catch (error) {
    stopped =
      error instanceof CaseStopped
        ? error.message
        : `无法继续：${error instanceof Error ? error.message : String(error)}`;
  }
  const steps = desk.takeSteps();
  return { id, title, articles, steps, stopped, passed: stopped === null && steps.every(({ passed }) => passed) };
}
