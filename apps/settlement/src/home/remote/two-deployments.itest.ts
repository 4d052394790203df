import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { filingChanged, insuredPersonChanged, reconciliationMismatched } from '#shared/contracts';
import { isRefusal, orThrow } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import { formatYuan } from '#shared/money';
import type { Cut } from '#shared/testing';
import { ReverseMessage } from '../../gateway/reverse-message.js';
import { IdentifyPerson } from '../../person/identify-person.js';
import { filingsOf } from '../../person/known-person.repository.js';
import type { SettleCommand } from '../../settlement/bill.js';
import { PrepareBill } from '../../settlement/prepare-bill.js';
import { TrySettlement } from '../../settlement/try-settlement.js';
import { codeOf } from '../../testing/settlement-world.js';
import { TwoDeployments } from '../../testing/two-deployments.js';
import { findingsOf } from '../../visit/visit-legs.js';
import { readLegs } from '../../visit/visit-legs.repository.js';
import type { ShareRequest } from '../home-side.js';
import { Counterparts } from './counterparts.js';
import { ExchangeRelay } from './exchange-relay.js';
import { HomeDoor } from './home-door.js';
import { writeShareRequest } from './home-wire.js';
import { sealLetter } from './letter.js';
import { RemoteHomeSide } from './remote-home-side.js';

const cuts: readonly (Cut | undefined)[] = [undefined, 'before-request', 'after-request', 'inside-answer'];
const lost = cuts.filter((cut) => cut !== undefined);
/** Every way in which the network can be cut during the two tries of one call. */
const bothTries = lost.flatMap((first) => lost.map((second) => [first, second] as const));

let two: TwoDeployments;
let serial = 0;

beforeAll(async () => {
  two = await TwoDeployments.start('2026-03-10');
}, 60_000);

afterAll(() => two.stop());

beforeEach(async () => {
  two.network.heal();
  two.network.meanwhile = undefined;
  await two.tellEverything();
});

/** A new person with an account, registered in Shanghai with one bill of 400.00. */
async function patient(): Promise<{ personNo: string; command: SettleCommand }> {
  serial += 1;
  const personNo = `P${serial}`;
  await two.person({ personNo, account: '50' });
  const visit = await two.shanghai.registered(personNo, '400');
  return { personNo, command: two.shanghai.command(visit, '400') };
}

/** Both sides have the same of a person: once settled, or nothing at all. */
async function agreed(personNo: string, settlements: 0 | 1): Promise<void> {
  const [treatment, home] = await Promise.all([two.atTreatment(personNo), two.atHome(personNo)]);
  expect(home).toEqual(treatment);
  expect(treatment.settlements).toBe(settlements);
  const used = await two.hunan.accumulators(personNo);
  const balance = await two.hunan.balance(personNo);
  if (settlements === 0) expect([used, balance, treatment.fund]).toEqual([{}, '50.00', 0n]);
  else expect([used['deductible.outpatient'], balance]).toEqual([10_000n, formatYuan(5_000n - treatment.account)]);
}

describe('a home side in another deployment', () => {
  it('[N31 N44] answers trial and settlement alike; both sides have the same fen, and the home side hears that it is settled', async () => {
    const { personNo, command } = await patient();
    const tried = orThrow(await two.shanghai.service.get(TrySettlement).execute(command));
    const settled = orThrow(await two.settle(command));
    expect(settled.funds).toEqual(tried.funds);
    expect([settled.personalAccountFen, settled.cashFen, settled.explanation.length > 0]).toEqual([
      tried.personalAccountFen,
      tried.cashFen,
      true,
    ]);
    await two.tellEverything();
    await agreed(personNo, 1);
    expect(await two.open()).toEqual([]);
  });

  it.each(lost)('[N44 F3] one cut (%s) is repaired by the second try: settled once', async (cut) => {
    const { personNo, command } = await patient();
    two.network.plan.push(cut);
    expect(codeOf(await two.settle(command))).toBe('fine');
    await agreed(personNo, 1);
  });

  it.each(bothTries)('[N44 H53 F3] cut %s, then %s: nobody has it in the end', async (first, second) => {
    const { personNo, command } = await patient();
    two.network.plan.push(first, second);
    expect(codeOf(await two.settle(command))).toBe('HOME_SIDE_SILENT');
    await two.tellEverything();
    await agreed(personNo, 0);
    expect(await two.open()).toEqual([]);
    // The same bill once more, with a message of its own: as if nothing had happened.
    expect(codeOf(await two.settle({ ...command, msgid: `${command.msgid}-2` }))).toBe('fine');
    await agreed(personNo, 1);
  });

  it.each(bothTries)(
    '[N44 F3] the reversal is cut %s, then %s: told again until the home side has it',
    async (first, second) => {
      const { personNo, command } = await patient();
      two.network.plan.push('after-request', 'after-request', first, second);
      await two.settle(command);
      await two.tellEverything();
      await two.tellEverything();
      await agreed(personNo, 0);
    },
  );

  it.each(bothTries)('[N42 F3] a refund whose telling is cut %s, then %s, arrives once', async (first, second) => {
    const { personNo, command } = await patient();
    const settled = orThrow(await two.settle(command));
    await two.tellEverything();
    two.network.plan.push(first, second);
    const refunded = orThrow(await two.shanghai.refund(settled));
    expect(refunded.accountBalanceAfterFen).toBe(5_000n);
    await two.tellEverything();
    await two.tellEverything();
    await two.tellEverything();
    await agreed(personNo, 0);
    expect(await two.open()).toEqual([]);
  });

  it.each(['no-answer', 'never-arrives'] as const)(
    '[N44] a deadline that passes (%s) is a doubt, not an error',
    async (cut) => {
      const { personNo, command } = await patient();
      two.network.plan.push(cut, cut);
      expect(codeOf(await two.settle(command))).toBe('HOME_SIDE_SILENT');
      await two.tellEverything();
      await agreed(personNo, 0);
    },
  );

  it('[N44 N38] while the network stays cut both sides know that they differ, and a matter is open at each; afterwards it is closed', async () => {
    const { personNo, command } = await patient();
    two.network.plan.push('after-request', 'after-request');
    two.network.always = 'before-request';
    await two.settle(command);
    await two.tellEverything();
    await two.hunan.service.get(HomeDoor).openMatters();
    const [exchange] = await two.shanghai.service.query<{ id: string }>(
      'select exchange_id as id from home_exchange where person_no = $1',
      [personNo],
    );
    const told = async () =>
      Promise.all(
        [two.shanghai, two.hunan].map(async ({ service }) =>
          (await service.published(reconciliationMismatched))
            .filter(({ aggregateId }) => aggregateId === `E${exchange?.id ?? ''}`)
            .map(({ payload }) => [payload.kind, payload.state]),
        ),
      );
    const open = ['missing-at-treatment', 'open'];
    expect(await told()).toEqual([[open], [open]]);
    expect((await two.atHome(personNo)).settlements).toBe(1);
    const legs = await two.shanghai.service.transaction((tx) => readLegs(tx, command.visitId));
    expect(findingsOf({ ...legs, messages: [], unsent: 0 })).toEqual([
      `${exchange?.id ?? ''} 与对端 hunan：就医地未结算，参保地待冲正`,
    ]);
    // While it is in doubt the person is not settled again: the home side would count both.
    expect(codeOf(await two.settle({ ...command, msgid: `${command.msgid}-2` }))).toBe('HOME_SIDE_SILENT');

    two.network.heal();
    await new Promise((resolve) => setTimeout(resolve, 600));
    await two.tellEverything();
    await agreed(personNo, 0);
    const resolved = ['missing-at-treatment', 'resolved'];
    expect(await told()).toEqual([
      [open, resolved],
      [open, resolved],
    ]);
  });

  it('[N44] a counterpart that fails again and again is left alone for a while: the answer comes at once, and nothing is in doubt', async () => {
    two.network.always = 'before-request';
    const { personNo, command } = await patient();
    const trial = two.shanghai.service.get(TrySettlement);
    for (let call = 0; call < 5; call += 1) expect(codeOf(await trial.execute(command))).toBe('HOME_SIDE_SILENT');
    const seen = two.network.seen.length;
    expect(codeOf(await two.settle(command))).toBe('HOME_SIDE_SILENT');
    expect([two.network.seen.length, await two.open()]).toEqual([seen, []]);
    two.network.heal();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(codeOf(await two.settle({ ...command, msgid: `${command.msgid}-2` }))).toBe('fine');
    await agreed(personNo, 1);
  });

  it('[N44 F1] a process that dies between grant and commit leaves nothing at home', async () => {
    const { personNo, command } = await patient();
    const bill = orThrow(await two.shanghai.service.get(PrepareBill).execute(command, `S-${personNo}`, 'settle'));
    expect(await two.shanghai.service.get(RemoteHomeSide).ask(bill.request)).toBeUndefined();
    expect((await two.atHome(personNo)).settlements).toBe(1);
    await two.shanghai.service.get(ExchangeRelay).run(0);
    await agreed(personNo, 0);
  });

  it('[N44] a bill that changes while the home side answers is not settled, and given back', async () => {
    const { personNo, command } = await patient();
    const visit = { visitId: command.visitId, personNo, setting: 'outpatient' } as const;
    two.network.meanwhile = async () => {
      two.network.meanwhile = undefined;
      const [found] = await two.shanghai.service.query<{ status: string }>(
        `insert into fee_line select (jsonb_populate_record(null::fee_line, to_jsonb(f) || '{"line_no": "L-late"}')).*
         from fee_line f where visit_id = $1 limit 1 returning 'x' as status`,
        [visit.visitId],
      );
      expect(found).toBeDefined();
    };
    expect(codeOf(await two.settle(command))).toBe('TOTAL_DIFFERS');
    await two.tellEverything();
    await agreed(personNo, 0);
  });

  it('[N44] a bill whose split changes while the home side answers, with the same total, is not settled with the old share', async () => {
    const { personNo, command } = await patient();
    two.network.meanwhile = () => {
      two.network.meanwhile = undefined;
      return two.shanghai.service.query(
        `update fee_line set own_expense_fen = 100, in_scope_fen = in_scope_fen - 100 where visit_id = $1 returning 1`,
        [command.visitId],
      );
    };
    expect(codeOf(await two.settle(command))).toBe('BILL_CHANGED');
    await two.tellEverything();
    await agreed(personNo, 0);
  });

  it('[N44 F4] at the door of the home side an id is granted once: the same again is the same answer, another content, a reversed id and foreign areas are refused', async () => {
    const { personNo, command } = await patient();
    const bill = orThrow(await two.shanghai.service.get(PrepareBill).execute(command, `D-${personNo}`, 'settle'));
    const door = two.hunan.service.get(HomeDoor);
    const [from] = two.hunan.service.get(Counterparts).all;
    if (from === undefined) throw new Error('hunan knows shanghai');
    const settle = (request: ShareRequest) => door.settle(from, request, JSON.stringify(writeShareRequest(request)));
    const first = await settle(bill.request);
    expect(first).toHaveProperty('granted');
    expect(await settle(bill.request)).toEqual(first);
    const other = { ...bill.request, useAccount: false };
    expect(await settle(other)).toMatchObject({ refused: 'EXCHANGE_CHANGED' });
    expect(await door.trial(from, { ...bill.request, treatmentArea: '110000' })).toMatchObject({
      refused: 'EXCHANGE_NOT_OURS',
    });
    expect(await settle({ ...bill.request, homeArea: '310000' })).toMatchObject({ refused: 'EXCHANGE_NOT_OURS' });

    expect(await door.reverse(from, bill.request.settlementId)).toEqual({ done: true });
    expect(await door.reverse(from, bill.request.settlementId)).toEqual({ done: true });
    expect(await settle(bill.request)).toMatchObject({ refused: 'EXCHANGE_REVERSED' });
    expect(await door.confirm(from, bill.request.settlementId)).toMatchObject({ refused: 'EXCHANGE_REVERSED' });
    // A reversal that overtakes what it reverses is remembered.
    expect(await door.reverse(from, `D2-${personNo}`)).toEqual({ done: true });
    expect(await settle({ ...bill.request, settlementId: `D2-${personNo}` })).toMatchObject({
      refused: 'EXCHANGE_REVERSED',
    });
    await agreed(personNo, 0);
  });

  it('[N44] what was settled is not reversed any more, and an exchange of another deployment is not there', async () => {
    const { personNo, command } = await patient();
    const { settlementId } = orThrow(await two.settle(command));
    await two.tellEverything();
    const door = two.hunan.service.get(HomeDoor);
    const [from] = two.hunan.service.get(Counterparts).all;
    if (from === undefined) throw new Error('hunan knows shanghai');
    expect(await door.reverse(from, settlementId)).toMatchObject({ refused: 'EXCHANGE_CHANGED' });
    expect(await door.reverse({ ...from, name: 'hubei' }, settlementId)).toMatchObject({
      refused: 'SETTLEMENT_UNKNOWN',
    });
    await agreed(personNo, 1);
  });

  it('[P5.2] a 2601 that comes while the home side is asked cancels the settlement there too', async () => {
    const { personNo, command } = await patient();
    two.network.meanwhile = () => {
      two.network.meanwhile = undefined;
      const reversal = {
        institutionCode: command.institution.institutionCode,
        personNo: null,
        infno: '2207',
        by: 'R1',
      };
      return two.shanghai.service.transaction((tx) =>
        two.shanghai.service.get(ReverseMessage).execute(tx, { ...reversal, msgid: command.msgid }),
      );
    };
    await expect(two.settle(command)).rejects.toThrow('MESSAGE_REVERSED');
    await two.tellEverything();
    await agreed(personNo, 0);
  });

  it('[N16 N44 F8] a person of whom only the other deployment has heard is identified there, and a filing made meanwhile is seen', async () => {
    const { shanghai, filing, network } = two;
    const certificate = '11010519491231002X';
    const identify = shanghai.service.get(IdentifyPerson);
    const identityHash = shanghai.service.get(IdentityNumbers).hash(certificate);
    const person = { ...insuredPersonChanged.example, personNo: 'P-far', homeArea: '430100', identityHash };
    expect(codeOf(await identify.execute(certificate, undefined))).toBe('PERSON_UNKNOWN');

    filing.people.set(identityHash, { person: { version: 1, payload: person }, filings: [], qualifications: [] });
    expect(orThrow(await identify.execute(certificate, person.name)).personNo).toBe('P-far');
    const filed = { ...filingChanged.example, filingNo: 'BA-far', personNo: 'P-far', homeArea: '430100' };
    filing.people.set(identityHash, {
      person: { version: 1, payload: person },
      filings: [{ version: 2, payload: { ...filed, destination: '310000' } }],
      qualifications: [],
    });
    await identify.refresh(person);
    const known = () => shanghai.service.transaction((tx) => filingsOf(tx, ['P-far']));
    expect((await known()).map(({ filingNo, destination }) => [filingNo, destination])).toEqual([['BA-far', '310000']]);
    // While the other deployment is down, what it said last stays.
    network.always = 'before-request';
    expect(orThrow(await identify.execute(certificate, undefined)).personNo).toBe('P-far');
    expect(await known()).toHaveLength(1);
  });

  it('[N44] letters of strangers, for others, about other calls or too old are not opened', async () => {
    const url = await two.hunan.service.url();
    const key = '00'.repeat(32);
    const now = two.hunan.service.clock.now();
    const letters = [
      'nothing',
      await sealLetter({ from: 'nobody', to: 'hunan', call: 'reversals', body: { exchangeId: 'x' } }, key, now),
      await sealLetter({ from: 'shanghai', to: 'hunan', call: 'reversals', body: { exchangeId: 'x' } }, key, now),
    ];
    for (const letter of letters) {
      const answer = await fetch(`${url}/home-side/v1/reversals`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ letter }),
      });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'NOT_SIGNED_IN']);
    }
  });

  it('[N44 H53] what is in doubt is reversed before the person is settled again: the home side never counts both', async () => {
    const { personNo, command } = await patient();
    two.network.plan.push('after-request', 'after-request', 'before-request', 'before-request');
    expect(codeOf(await two.settle(command))).toBe('HOME_SIDE_SILENT');
    await two.shanghai.service.get(ExchangeRelay).idle();
    const again = orThrow(await two.settle({ ...command, msgid: `${command.msgid}-2` }));
    // The account of 50.00 would be used up by a grant that is still there.
    expect(again.personalAccountFen).toBe(5_000n);
    await two.tellEverything();
    await agreed(personNo, 1);
  });

  it('[N44] what the home side refuses is refused with its reason, and leaves nothing', async () => {
    const { personNo, command } = await patient();
    await two.hunan.service.query('delete from insured_person where person_no = $1 returning 1', [personNo]);
    const refused = await two.settle(command);
    expect([isRefusal(refused), codeOf(refused), await two.open()]).toEqual([true, 'NOT_INSURED_IN_SCHEME', []]);
  });
});
