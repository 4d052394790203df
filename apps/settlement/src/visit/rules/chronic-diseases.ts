import type { Day } from '#shared/clock';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isQualifiedOn } from '#shared/filing';
import type { KnownQualification } from '../../person/known-person.js';
import type { FeeLine } from '../visit.js';

/** 医疗类别 14: 门诊慢特病. */
export const isChronic = (medType: string): boolean => medType === '14';

const mostDiseases = 10;

/** 病种编码 as a message names them: one, or several with a separator between them, the chosen one first. */
export const namedDiseases = (text: unknown): string[] =>
  typeof text === 'string'
    ? [...new Set(text.split(/[\s,，、;；|]+/).filter((one) => one !== ''))].slice(0, mostDiseases)
    : [];

/** 有资格的病种 (N13 N31): of the diseases that a line names, those that the home area has recognised for its day. */
export function qualifiedDiseases(
  diseases: readonly string[],
  qualifications: readonly KnownQualification[],
  on: Day,
): Outcome<string[]> {
  if (diseases.length === 0) return refuse('CHRONIC_DISEASE_MISSING');
  const qualified = diseases.filter((disease) =>
    qualifications.some((one) => one.diseaseCode === disease && isQualifiedOn(one, on)),
  );
  return qualified.length > 0 ? qualified : refuse('CHRONIC_NOT_QUALIFIED', { diseases: diseases.join('、'), day: on });
}

type ChargedLine = Pick<FeeLine, 'lineNo' | 'diseases' | 'occurredOn'>;

/**
 * 账单病种 (N31): the diseases of a bill in the order in which its lines name them; they are still recognised when it is
 * settled. A bill is of the kind that its lines were split for.
 */
export function diseasesOfBill(
  medType: string,
  lines: readonly ChargedLine[],
  qualifications: readonly KnownQualification[],
): Outcome<string[]> {
  const other = lines.find(({ diseases = [] }) => diseases.length > 0 !== isChronic(medType));
  if (other !== undefined) return refuse('LINES_SPLIT_OTHERWISE', { line: other.lineNo });
  const diseases = [...new Set(lines.flatMap((line) => line.diseases ?? []))];
  for (const { diseases: own = [], occurredOn } of lines) {
    const lost = own.filter(
      (disease) => !qualifications.some((one) => one.diseaseCode === disease && isQualifiedOn(one, occurredOn)),
    );
    if (lost.length > 0) return refuse('CHRONIC_NOT_QUALIFIED', { diseases: lost.join('、'), day: occurredOn });
  }
  return diseases;
}
