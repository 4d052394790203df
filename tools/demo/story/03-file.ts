import type { Doors } from '../doors.js';
import { clerk, nationalApp, office } from '../people.js';
import { institutions, persons } from '../world.js';
import type { PersonKey } from '../world.js';
import type { Stage } from './stage.js';

interface Filed {
  readonly filingNo: string;
  readonly status: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly dueOn?: string | null;
}

const longTermMaterials = ['credential', 'filing-form', 'residence-proof'];

function fileAtCounter(doors: Doors, key: PersonKey, destination: string): Promise<Filed> {
  const person = persons[key];
  return doors.call<Filed>(clerk(person.home), 'filing', 'POST', '/filings', {
    personNo: person.personNo,
    category: 'long-term-resident',
    destination,
    channel: 'counter',
    materials: longTermMaterials,
  });
}

const shown = (who: string, channel: string, filed: Filed): string[] => [
  who,
  channel,
  filed.filingNo,
  filed.status,
  filed.validFrom ?? '—',
  filed.validTo ?? '长期',
];
const heads = ['参保人', '渠道 channel', '备案编号', '状态', '起', '止'];

/** The two long-term filings at the counter; runs before the prepayment because of their dates. */
export async function fileLongTerm({ doors, teller }: Stage): Promise<void> {
  teller.step('备案：窗口即时办结（长期居住）', 'Filing at the counter, decided at once (N8 N9 N10)');
  const first = await fileAtCounter(doors, 'A', '110000');
  await doors.moveTo('2025-11-20');
  const second = await fileAtCounter(doors, 'F', '430100');
  teller.table(heads, [shown('A → 北京', 'counter', first), shown('F → 长沙', 'counter', second)]);
}

/** 转诊与备案“一站式”: the hospital of the home area files for its patient. */
export async function referOneStop({ doors, teller }: Stage): Promise<void> {
  teller.step('备案：医院转诊“一站式”', 'One-stop referral by a qualified hospital (H12)');
  await doors.moveTo('2026-03-02');
  const hospital = institutions['H-XT3'];
  await doors.call(clerk(hospital.area), 'filing', 'POST', '/referral-institutions', {
    institutionCode: hospital.code,
    name: hospital.name,
    area: hospital.area,
  });
  const filed = await doors.call<Filed>(office(hospital.code, hospital.area), 'filing', 'POST', '/referrals', {
    personNo: persons.B.personNo,
    destination: '310000',
    diagnosis: '示例诊断',
    toInstitution: institutions['H-SH3'].code,
  });
  teller.table(heads, [shown('B → 上海', 'one-stop', filed)]);
}

/** 补办: applied for in the national APP, to be decided within two working days. */
export async function applyInApp({ doors, teller }: Stage): Promise<string> {
  const filed = await doors.call<Filed>(nationalApp, 'filing', 'POST', '/filings', {
    personNo: persons.D.personNo,
    category: 'other-temporary',
    destination: '420100',
    channel: 'national-app',
    materials: ['credential', 'filing-form'],
    supplementary: true,
  });
  teller.say(
    `D 通过国家 APP 补办备案 ${filed.filingNo}：${filed.status}，须于 ${filed.dueOn ?? '?'} 前办结 (2 working days)`,
  );
  return filed.filingNo;
}

export async function decideInTime({ doors, teller }: Stage, filingNo: string): Promise<void> {
  const decided = await doors.call<Filed>(clerk(persons.D.home), 'filing', 'POST', `/filings/${filingNo}/decision`, {
    decision: 'approve',
  });
  teller.say(`参保地 ${doors.today} 办结：${decided.status}，有效至 ${decided.validTo ?? '长期'}`);
}
