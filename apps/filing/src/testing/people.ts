import type { Insurance } from '#shared/filing';
import type { Role } from '#shared/identity';
import { acceptFiles } from '#shared/service';
import { RestTestService } from '#shared/testing';
import type { TestAnswer, TestCaller } from '#shared/testing';
import { FilingModule } from '../filing.module.js';
import type { Filing } from '../filing/filing.js';
import { migrations } from '../migrations/index.js';

export const startFiling = (): Promise<RestTestService> =>
  RestTestService.start('filing', FilingModule, migrations, acceptFiles);

const clerkRoles: readonly Role[] = [
  ...(['filing.persons', 'filing.read', 'filing.apply', 'filing.decide', 'filing.designate', 'filing.agents'] as const),
  ...(['filing.qualify', 'filing.visit', 'filing.reveal', 'obligations.read'] as const),
];

export const clerk = (agency: string, name = 'clerk'): TestCaller => ({
  agency,
  level: agency.endsWith('0000') && !['11', '12', '31', '50'].includes(agency.slice(0, 2)) ? 'province' : 'area',
  roles: clerkRoles,
  subject: `${name}-${agency}`,
});

export const channelClient = (role: Role, agency = '000000'): TestCaller => ({
  agency,
  level: agency === '000000' ? 'nation' : 'province',
  roles: ['filing.apply', role],
  subject: role,
});

export const hospital = (institution: string, agency: string): TestCaller => ({
  agency,
  level: 'institution',
  roles: ['filing.refer'],
  subject: `office-${institution}`,
  institution,
});

export const auditor = (agency: string): TestCaller => ({
  agency,
  level: 'area',
  roles: ['filing.audit'],
  subject: `auditor-${agency}`,
});

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 17 places with their right check digit. */
export function withCheckDigit(body: string): string {
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

/** An identity number of an area code that no place has. */
export const identityNumber = (sequence: number): string =>
  withCheckDigit(`99999919800506${String(sequence % 1000).padStart(3, '0')}`);

export const personNo = (sequence: number, area = '430100'): string => `${area}${String(sequence).padStart(20, '0')}`;

export const active = (from = '2020-01-01', more: Partial<Insurance> = {}): Insurance => ({
  scheme: '310',
  personType: '1101',
  category: 'working',
  tier: null,
  status: 'active',
  from,
  to: null,
  ...more,
});

export function personBody(sequence: number, more: object = {}): object {
  return {
    name: '测试人',
    sex: '1',
    birthDate: '1980-05-06',
    certificateType: '01',
    identityNumber: identityNumber(sequence),
    homeArea: '430100',
    insurances: [active()],
    ...more,
  };
}

/** The materials that settle every question of a category. */
export const materials: Record<string, string[]> = {
  'retired-resettled': ['credential', 'filing-form', 'household-first-page', 'register-card'],
  'long-term-resident': ['credential', 'filing-form', 'residence-proof'],
  'posted-worker': ['credential', 'filing-form', 'labour-contract'],
  referral: ['credential', 'filing-form', 'referral-proof'],
  'other-temporary': ['credential', 'filing-form'],
};

/** A prefecture's desk: persons are entered and filings are made as its clerk would. */
export class Desk {
  private sequence = 0;

  constructor(
    readonly service: RestTestService,
    readonly area = '430100',
  ) {}

  async person(more: object = {}): Promise<string> {
    this.sequence += 1;
    const no = personNo(this.sequence, this.area);
    const body = personBody(this.sequence + Number(this.area.slice(2, 4)) * 20, { homeArea: this.area, ...more });
    const answer = await this.service.call({ method: 'PUT', path: `/persons/${no}`, as: clerk(this.area), body });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return no;
  }

  file(no: string, category: string, destination: string, more: object = {}): Promise<TestAnswer<Filing>> {
    const body = {
      personNo: no,
      category,
      destination,
      channel: 'counter',
      materials: materials[category] ?? [],
      ...more,
    };
    return this.service.call<Filing>({ method: 'POST', path: '/filings', as: clerk(this.area), body });
  }

  async filed(no: string, category: string, destination: string, more: object = {}): Promise<Filing> {
    const answer = await this.file(no, category, destination, more);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  act<T = Filing>(filingNo: string, what: string, body: object = {}): Promise<TestAnswer<T>> {
    return this.service.call<T>({ method: 'POST', path: `/filings/${filingNo}/${what}`, as: clerk(this.area), body });
  }

  async look(filingNo: string): Promise<Filing> {
    return (await this.service.call<Filing>({ method: 'GET', path: `/filings/${filingNo}`, as: clerk(this.area) }))
      .body;
  }

  status(no: string, status: Insurance['status'], on: string): Promise<TestAnswer<object>> {
    const body = { scheme: '310', status, on };
    return this.service.call({ method: 'POST', path: `/persons/${no}/status-changes`, as: clerk(this.area), body });
  }
}
