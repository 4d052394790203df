import { Injectable } from '@nestjs/common';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { CatalogueOfVisit } from '../catalogue/catalogue-of-visit.js';
import type { LineTerms } from '../catalogue/catalogue-of-visit.js';
import { findInstitutions } from '../institution/institution.repository.js';
import { lineAmountFits } from '../scope/rules/line-amount.js';
import { splitLine } from '../scope/rules/split-line.js';
import { outsideFault, outsideFaultNames } from './rules/outside-line.js';
import { takesBackWhatIsThere } from './rules/takes-back-what-is-there.js';
import { uncoveredReversal } from './rules/uncovered-reversal.js';
import type { Details, FeeLine, Visit } from './visit.js';
import { nextState } from './visit-access.js';
import { deleteLines, insertLines, linesOfVisits } from './visit.repository.js';

export interface GivenLine {
  readonly lineNo: string;
  readonly batchNo: string;
  readonly itemCode: string;
  readonly price: string;
  readonly quantity: string;
  readonly amountFen: Fen;
  readonly occurredOn: Day;
  readonly reversesLine?: string | null;
  /** Where it was done, when not in the own house (N36); empty where nobody says. */
  readonly outsideInstitution?: string | null;
  readonly details?: Details;
}

/** 费用明细上传 (N31): each line is split by the treatment place's catalogue of its day; all lines of a message or none. */
@Injectable()
export class RecordLines {
  async execute(
    tx: Transaction,
    visit: Visit,
    given: readonly GivenLine[],
    msgid: string | null = null,
  ): Promise<Outcome<FeeLine[]>> {
    const state = nextState(visit, 'charge');
    if (isRefusal(state)) return state;
    const known = await linesOfVisits(tx, [visit.visitId]);
    const elsewhere = await networkOf(tx, given);
    const byNo = new Map(known.map((line) => [line.lineNo, line]));
    const catalogue = await CatalogueOfVisit.read(tx, visit, given);
    const lines: FeeLine[] = [];
    const fresh: FeeLine[] = [];
    for (const one of given) {
      const misplaced = outsideRefusal(visit, one, elsewhere);
      if (misplaced !== undefined) return misplaced;
      const line = toLine(visit, one, catalogue.termsOf(one), known.length + fresh.length);
      if (isRefusal(line)) return line;
      const before = byNo.get(line.lineNo);
      if (before !== undefined && !isSame(before, line)) return refuse('LINE_CHANGED', { line: line.lineNo });
      if (before === undefined) {
        if (!takesBackWhatIsThere(line, [...byNo.values()]))
          return refuse('LINE_NOT_TO_REVERSE', { line: line.lineNo });
        fresh.push({ ...line, msgid });
      }
      byNo.set(line.lineNo, before ?? line);
      lines.push(before ?? line);
    }
    const excess = uncoveredReversal([...known.filter(isOpen), ...fresh]);
    if (excess !== undefined) return refuse('NOTHING_TO_TAKE_BACK', { line: excess });
    if (fresh.length > 0) await insertLines(tx, fresh);
    return lines;
  }

  /** 费用明细撤销: one batch, given lines, or everything that is not settled. */
  async cancel(tx: Transaction, visit: Visit, isMeant: (line: FeeLine) => boolean): Promise<Outcome<number>> {
    const state = nextState(visit, 'cancel-charges');
    if (isRefusal(state)) return state;
    const lines = await linesOfVisits(tx, [visit.visitId]);
    const meant = lines.filter(isMeant);
    const settled = meant.find((line) => !isOpen(line));
    if (settled !== undefined) return refuse('LINES_SETTLED', { settlementId: settled.settlementId ?? '' });
    const excess = uncoveredReversal(lines.filter((line) => isOpen(line) && !isMeant(line)));
    if (excess !== undefined) return refuse('NOTHING_TO_TAKE_BACK', { line: excess });
    await deleteLines(
      tx,
      visit.visitId,
      meant.map(({ lineNo }) => lineNo),
    );
    return meant.length;
  }
}

function toLine(visit: Visit, given: GivenLine, terms: Outcome<LineTerms>, position: number): Outcome<FeeLine> {
  const { lineNo, itemCode, price, quantity, amountFen } = given;
  if (isRefusal(terms)) return terms;
  if (!lineAmountFits(amountFen, price, quantity))
    return refuse('LINE_SUM_WRONG', { line: lineNo, amount: formatYuan(amountFen) });
  return {
    visitId: visit.visitId,
    lineNo,
    batchNo: given.batchNo,
    itemCode,
    ...terms,
    price,
    quantity,
    occurredOn: given.occurredOn,
    position,
    ...splitLine(amountFen, quantity, terms),
    settlementId: null,
    reversesLine: given.reversesLine ?? null,
    outsideInstitution: given.outsideInstitution ?? null,
    details: given.details ?? {},
  };
}

/** The institutions that lines done elsewhere name, as far as they are on the network with an agreement in force. */
async function networkOf(tx: Transaction, given: readonly GivenLine[]): Promise<ReadonlySet<string>> {
  const named = [...new Set(given.flatMap(({ outsideInstitution }) => outsideInstitution ?? []))];
  const found = named.length === 0 ? [] : await findInstitutions(tx, named);
  return new Set(found.filter(({ agreement }) => agreement === 'active').map(({ institutionCode }) => institutionCode));
}

/** 外检外购 (N36): refused line by line, with what is wrong. */
function outsideRefusal(visit: Visit, line: GivenLine, network: ReadonlySet<string>): Refusal | undefined {
  const { lineNo, occurredOn, outsideInstitution } = line;
  if (typeof outsideInstitution !== 'string') return undefined;
  const designated = network.has(outsideInstitution);
  const fault = outsideFault({ ...visit, occurredOn, outsideInstitution, designated });
  return fault === undefined
    ? undefined
    : refuse('OUTSIDE_LINE_WRONG', { line: lineNo, why: outsideFaultNames[fault] });
}

const isOpen = ({ settlementId }: FeeLine): boolean => settlementId === null;

const isSame = (a: FeeLine, b: FeeLine): boolean =>
  a.itemCode === b.itemCode &&
  a.price === b.price &&
  a.quantity === b.quantity &&
  a.totalFen === b.totalFen &&
  a.occurredOn === b.occurredOn &&
  String(a.diseases ?? '') === String(b.diseases ?? '') &&
  a.batchNo === b.batchNo &&
  (a.outsideInstitution ?? null) === (b.outsideInstitution ?? null);
