import type { Day } from '#shared/clock';
import { areaName } from '#shared/regions';
import type { Credential, Doors } from '../doors.js';
import { clerk } from '../people.js';
import { catalogueItems, catalogues, institutions, persons } from '../world.js';
import type { InstitutionFact, PersonFact } from '../world.js';
import type { Stage } from './stage.js';

/** 参保登记 by the home area. */
export async function register(doors: Doors, person: PersonFact): Promise<void> {
  await doors.call(clerk(person.home), 'filing', 'PUT', `/persons/${person.personNo}`, {
    name: person.name,
    sex: person.sex,
    birthDate: person.birthDate,
    certificateType: '01',
    identityNumber: person.identityNumber,
    homeArea: person.home,
    insurances: [
      {
        scheme: person.scheme,
        personType: person.personType,
        category: person.category,
        tier: person.tier,
        status: 'active',
        from: '2015-01-01',
        to: null,
      },
    ],
  });
}

/** 机构准入 by the institution's own area, from today on. */
export async function admit(doors: Doors, { code, name, area, level }: InstitutionFact): Promise<void> {
  await doors.call(clerk(area), 'settlement', 'PUT', `/institutions/${code}`, {
    name,
    level,
    area,
    services: ['inpatient', 'outpatient'],
    agreement: 'active',
    effectiveOn: doors.today,
  });
}

/** 机构凭证, shown once; the doors keep it. */
export async function giveCredential(doors: Doors, { code, area }: InstitutionFact): Promise<void> {
  const path = `/institutions/${code}/credentials`;
  doors.setCredential(code, await doors.call<Credential>(clerk(area), 'settlement', 'POST', path));
}

export async function loadCatalogues(doors: Doors, from: Day): Promise<void> {
  for (const area of Object.keys(catalogues))
    await doors.call(clerk(area), 'settlement', 'POST', `/catalogues/${area}/items`, {
      from,
      items: catalogueItems(area),
    });
}

/** 个人账户划入, where there is anything to credit. */
export async function credit(doors: Doors, { personNo, home, account }: PersonFact, reference: string): Promise<void> {
  if (account === '0.00') return;
  const body = { amount: account, reference };
  await doors.call(clerk(home), 'settlement', 'POST', `/accounts/${personNo}/credits`, body);
}

/** Institutions are admitted by their own area, catalogues and insured persons are loaded, accounts are credited. */
export async function openTheNetwork({ doors, teller }: Stage): Promise<void> {
  teller.step('联网：机构准入、目录、参保人', 'The network: institutions, catalogues, insured persons (N15 H24 N31)');
  await doors.moveTo('2025-09-01');
  for (const institution of Object.values(institutions)) {
    await admit(doors, institution);
    await giveCredential(doors, institution);
  }
  await loadCatalogues(doors, '2025-01-01');
  for (const person of Object.values(persons)) await register(doors, person);
  await doors.untilQuiet();
  for (const person of Object.values(persons)) await credit(doors, person, `HR-2025-09-${person.personNo}`);
  teller.table(
    ['机构 institution', '编码 code', '统筹区 area', '级别'],
    Object.values(institutions).map(({ name, code, area, level }) => [name, code, areaName(area), level]),
  );
  teller.table(
    ['参保人 person', '参保地 home', '险种', '类别', '个人账户 account'],
    Object.values(persons).map(({ name, home, scheme, category, account }) => [
      name,
      areaName(home),
      scheme,
      category,
      account,
    ]),
  );
}
