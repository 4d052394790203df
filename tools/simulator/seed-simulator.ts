import type { GatewayClient, TreatedVisit } from '#shared/gateway-client';
import { addMonths, dayOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Doors } from '../demo/doors.js';
import { clerk } from '../demo/people.js';
import { admit, credit, giveCredential, loadCatalogues, register } from '../demo/story/01-open-the-network.js';
import { institutions, items } from '../demo/world.js';
import { StoryBroken } from '../demo/story-broken.js';
import { settleVisit } from './settle-visit.js';
import { nearCapBills, simulatedPeople } from './people.js';
import type { SimulatedPerson } from './people.js';

const monthsAgo = 7;
const counterMaterials = {
  'long-term-resident': ['credential', 'filing-form', 'residence-proof'],
  referral: ['credential', 'filing-form', 'referral-proof'],
  'other-temporary': ['credential', 'filing-form'],
} as const;
export type Category = keyof typeof counterMaterials;

/** 窗口备案, decided at once; answers its number. */
export async function fileAtCounter(
  doors: Doors,
  { personNo, home }: Pick<SimulatedPerson, 'personNo' | 'home'>,
  category: Category,
  destination: string,
): Promise<void> {
  await doors.call(clerk(home), 'filing', 'POST', '/filings', {
    ...{ personNo, category, destination, channel: 'counter', materials: counterMaterials[category] },
  });
}

/**
 * 模拟世界: made through the public doors of filing and settlement alone, as agencies and hospitals would make it. The clock
 * begins seven months ago, so that a temporary filing has run out, and stands on `now` at the end.
 */
export async function seedSimulator(doors: Doors, now: () => Date): Promise<void> {
  const today = dayOf(now());
  await doors.moveTo(addMonths(today, -monthsAgo));
  for (const institution of Object.values(institutions)) await admit(doors, institution);
  await loadCatalogues(doors, doors.today);
  const { longTerm, conformance, expired, referred, chronic, suspended, nearCap } = simulatedPeople;
  for (const person of Object.values(simulatedPeople)) await register(doors, person);
  await fileAtCounter(doors, longTerm, 'long-term-resident', '110000');
  await fileAtCounter(doors, conformance, 'long-term-resident', '110000');
  await fileAtCounter(doors, expired, 'other-temporary', '420100');
  // The first move waits for the jobs of all days in between; the second one sets the clock right.
  for (const _move of [1, 2]) await doors.moveToInstant(now());
  await fileAtCounter(doors, referred, 'referral', '310000');
  await qualify(doors, chronic);
  const stopped = { scheme: suspended.scheme, status: 'suspended', on: today };
  await doors.call(clerk(suspended.home), 'filing', 'POST', `/persons/${suspended.personNo}/status-changes`, stopped);
  for (const institution of Object.values(institutions)) await giveCredential(doors, institution);
  await doors.untilQuiet();
  for (const person of Object.values(simulatedPeople)) await credit(doors, person, `SIM-${person.personNo}`);
  await useUpCap(doors.clientOf(institutions['H-GZ3']), nearCap, today);
  await doors.untilQuiet();
}

/** 慢特病资格 applied for and recognised by the home area. */
async function qualify(doors: Doors, { personNo, home }: SimulatedPerson): Promise<void> {
  const agency = { ...clerk(home), roles: ['filing.qualify'] };
  const applied = await doors.call<{ qualificationNo: string }>(agency, 'filing', 'POST', '/qualifications', {
    ...{ personNo, diseaseCode: 'M03900' },
  });
  await doors.call(agency, 'filing', 'POST', `/qualifications/${applied.qualificationNo}/steps`, { event: 'approve' });
}

/** In another hospital than the first settlements, whose statements stay empty; what counts is what the fund paid this year. */
async function useUpCap(client: GatewayClient, person: SimulatedPerson, today: Day): Promise<void> {
  for (const [index, price] of nearCapBills.entries()) {
    const visit: TreatedVisit = {
      ...{ id: `CAP${index + 1}`, person, kind: 'outpatient', medType: '11', useAccount: false },
      ...{ admittedOn: today, settledOn: today },
      lines: [{ code: items['drug-a'].code, ownCode: 'drug-a', price, quantity: 1 }],
    };
    const { answer } = await settleVisit(client, visit, person.home);
    if (answer.infcode !== 0) throw new StoryBroken(`the cap is not used up: ${answer.err_msg}`);
  }
}
