import { allPersonal, basicFund } from './basic.js';
import { monthOf } from './days.js';
import { fieldsOf, isFields, isGiven, listOf, textOf, textsOf } from './fields.js';
import { layersOf, payLayer } from './layers.js';
import { Ledger } from './ledger.js';
import { least, sum, toFen, zero, type Yuan } from './money.js';
import { Refusal, PERSONAL_PARTS, type Answer, type Bill, type Fields } from './model.js';
import type { Person, Personal, PersonalPart, Refused, Used } from './model.js';
import { checkDomains, factsOf, packsOf, settingOf, withBase, type Setting } from './pack.js';
import { numberAt, use, type Facts } from './tree.js';
import { yearPartsOf, type YearPart } from './year-parts.js';

export interface SettleInput {
  /** basic packs first, then supplements */
  packs: readonly Fields[];
  /** where `extends` finds other packs */
  library?: readonly Fields[];
  person: Person;
  bill: Bill;
  used: Used;
}

/** Section 8 of docs/policy-packs.md, naively: the answer, or the code of the refusal. */
export function settle(input: SettleInput): Answer | Refused {
  try {
    return settled(input);
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.code, clause: error.clause };
    throw error;
  }
}

function settled({ packs, library = packs, person, bill, used }: SettleInput): Answer {
  checkBill(bill);
  const chosen = packsOf(
    packs.map((pack) => withBase(pack, library)),
    bill,
  );
  checkDomains(chosen.basic, person, bill);
  const setting = settingOf(chosen.basic, bill);
  const emergency = bill.route === 'emergency';
  let balance = person.account;
  const answers: Answer[] = [];
  for (const part of yearPartsOf(chosen.basic, bill)) {
    const input = { ...chosen, setting, person: { ...person, account: balance }, bill, part, used };
    const answer = bill.designated || emergency ? settlePart(input) : notDesignated(part);
    balance = balance.minus(answer.account);
    answers.push(answer);
  }
  return added(answers);
}

function checkBill(bill: Bill): void {
  if (bill.parts.length > 9999) throw new Refusal('BILL_TOO_LONG', 'bill');
  const amounts = bill.parts.flatMap((part) => [part.ownExpense, part.overLimit, part.firstPay, part.inScope]);
  if ([bill.total, ...amounts].some((amount) => amount.isNegative())) throw new Refusal('BILL_NEGATIVE', 'bill');
  if (!sum(amounts).equals(bill.total)) throw new Refusal('BILL_SUMS_DIFFER', 'bill');
  if (bill.admitted > bill.discharged || bill.discharged > bill.on) throw new Refusal('BILL_DAYS_WRONG', 'bill');
}

/** Everything stays with the person. */
function notDesignated(part: YearPart): Answer {
  const nothing = { deductible: zero, ratio: undefined, layers: {}, funds: {}, hospital: zero, account: zero };
  const { total, year } = part;
  return {
    years: [year],
    total,
    ...nothing,
    personal: allPersonal(part),
    cash: total,
    moves: {},
    rests: new Set<string>(),
  };
}

interface PartInput {
  basic: Fields;
  supplements: readonly Fields[];
  setting: Setting;
  person: Person;
  bill: Bill;
  part: YearPart;
  used: Used;
}

function settlePart({ basic, supplements, setting, person, bill, part, used }: PartInput): Answer {
  const month = monthOf(bill.on);
  const ledger = new Ledger(used[part.year] ?? {});
  const rests = new Set<string>();
  const facts = factsOf(basic, person, bill, bill.level, rests);
  const fund = basicFund({ pack: basic, setting, facts, bill, part, month, ledger });
  const { personal, cut } = fund;
  const layers: Record<string, Yuan> = { basic: fund.paid };
  const funds: Record<string, Yuan> = {};
  addTo(funds, textOf(setting.version['fundType'] ?? basic['fundType']), fund.paid);
  if (!fund.nothing) {
    const packs = [basic, ...supplements].map((pack) => ({
      pack,
      facts: factsOf(pack, person, bill, fund.facts.level, rests),
    }));
    for (const each of layersOf(packs)) {
      const pays = payLayer(each, personal, cut, month, ledger);
      if (pays === undefined) continue;
      addTo(layers, textOf(each.layer['layer']), pays);
      addTo(funds, textOf(each.layer['fundType']), pays);
    }
  }
  const hospital = hospitalBears(basic, personal, fund.facts);
  const account = accountPays(basic, personal, person, facts, bill);
  const left = sum(PERSONAL_PARTS.map((name) => personal[name]));
  const { deductible, ratio } = fund;
  const moves = { [part.year]: ledger.moves };
  return {
    ...{ years: [part.year], total: part.total, deductible, ratio, layers, funds, personal, hospital, account },
    ...{ cash: left.minus(account), moves, rests },
  };
}

function hospitalBears(pack: Fields, personal: Personal, facts: Facts): Yuan {
  let hospital = zero;
  for (const entry of listOf(pack['hospital']).map(fieldsOf)) {
    const of = textOf(entry['of']) as PersonalPart;
    const bears = toFen(personal[of].times(numberAt(entry['ratio'], facts, textOf(entry['clause'])) ?? zero));
    if (!bears.isZero()) use(entry, facts);
    personal[of] = personal[of].minus(bears);
    hospital = hospital.plus(bears);
  }
  return hospital;
}

/** As far as the balance goes, when the bill asks for it. */
function accountPays(pack: Fields, personal: Personal, person: Person, facts: Facts, bill: Bill): Yuan {
  if (!bill.useAccount || person.account.isZero()) return zero;
  const clause = pack['account'];
  if (!isFields(clause)) throw new Refusal('POLICY_MISSING', 'account');
  if (isGiven(clause['settings']) && !textsOf(clause['settings']).includes(bill.setting)) return zero;
  use(clause, facts);
  const pays = clause['pays'] === 'all' ? PERSONAL_PARTS : (textsOf(clause['pays']) as PersonalPart[]);
  return least(person.account, sum(pays.map((name) => personal[name])));
}

function addTo(amounts: Record<string, Yuan>, name: string, amount: Yuan): void {
  amounts[name] = (amounts[name] ?? zero).plus(amount);
}

/** Amounts add up over the years of a stay; the ratio is the first there is. */
function added(answers: readonly Answer[]): Answer {
  const [first, ...others] = answers;
  if (first === undefined) throw new Refusal('BILL_SUMS_DIFFER', 'no part of the bill');
  return others.reduce((whole, each) => {
    const total = (name: 'total' | 'deductible' | 'hospital' | 'account' | 'cash'): Yuan =>
      whole[name].plus(each[name]);
    const layers = { ...whole.layers };
    for (const [name, amount] of Object.entries(each.layers)) addTo(layers, name, amount);
    const funds = { ...whole.funds };
    for (const [name, amount] of Object.entries(each.funds)) addTo(funds, name, amount);
    const personal = { ...whole.personal };
    for (const name of PERSONAL_PARTS) addTo(personal, name, each.personal[name]);
    return {
      ...{
        total: total('total'),
        deductible: total('deductible'),
        ratio: whole.ratio ?? each.ratio,
        layers,
        funds,
        personal,
      },
      ...{ hospital: total('hospital'), account: total('account'), cash: total('cash') },
      years: [...whole.years, ...each.years],
      moves: { ...whole.moves, ...each.moves },
      rests: new Set([...whole.rests, ...each.rests]),
    };
  }, first);
}
