/** The fictitious world of the month: names are invented, identity numbers look valid and cannot exist. */

export interface InstitutionFact {
  readonly code: string;
  readonly name: string;
  readonly area: string;
  readonly level: 'L2' | 'L3';
}

export interface PersonFact {
  readonly personNo: string;
  readonly name: string;
  readonly sex: '1' | '2';
  readonly birthDate: string;
  readonly home: string;
  readonly scheme: '310' | '390';
  readonly personType: string;
  readonly category: 'working' | 'retired' | 'resident';
  readonly tier: string | null;
  readonly account: string;
  readonly identityNumber: string;
}

const keyOf = <T>(facts: Readonly<Record<string, T>>, isMeant: (fact: T) => boolean): string | undefined =>
  Object.entries(facts).find(([, fact]) => isMeant(fact))?.[0];

const institution = (code: string, name: string, area: string, level: 'L2' | 'L3'): InstitutionFact => ({
  code,
  name,
  area,
  level,
});

export const institutions = {
  'H-BJ3': institution('H11000000301', '北京示例医院', '110000', 'L3'),
  'H-SH3': institution('H31000000301', '上海示例医院', '310000', 'L3'),
  'H-GZ3': institution('H44010000301', '广州示例医院', '440100', 'L3'),
  'H-WH2': institution('H42010000201', '武汉示例医院', '420100', 'L2'),
  'H-CS3': institution('H43010000301', '长沙示例第一医院', '430100', 'L3'),
  'H-CS2': institution('H43010000201', '长沙示例第二医院', '430100', 'L2'),
  'H-ZZ2': institution('H43020000201', '株洲示例医院', '430200', 'L2'),
  'H-XT3': institution('H43030000301', '湘潭示例医院', '430300', 'L3'),
} as const satisfies Record<string, InstitutionFact>;

export type InstitutionKey = keyof typeof institutions;

/** The name that the month has for what a service knows by its code; the code itself for anything else. */
export const institutionKeyOf = (code: string): string => keyOf(institutions, (known) => known.code === code) ?? code;

const checksumWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An 18-digit number with a right checksum and an area code (999999) that no place has. */
function impossibleIdentityNumber(birthDate: string, sequence: number, sex: '1' | '2'): string {
  const order = String(sequence * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0');
  const body = `999999${birthDate.replaceAll('-', '')}${order}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (checksumWeights[index] ?? 0), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

/** Somebody who cannot exist, for the story and for tests that need one more. */
export function fictitiousPerson(
  sequence: number,
  name: string,
  sex: '1' | '2',
  birthDate: string,
  home: string,
  scheme: '310' | '390',
  category: PersonFact['category'],
  account = '0.00',
  tier: string | null = null,
): PersonFact {
  const personType = { working: '1101', retired: '1201', resident: '1501' }[category];
  const personNo = `${home}00000000000000${String(sequence).padStart(6, '0')}`;
  const identityNumber = impossibleIdentityNumber(birthDate, sequence, sex);
  return { personNo, name, sex, birthDate, home, scheme, personType, category, tier, account, identityNumber };
}

export const persons = {
  A: fictitiousPerson(1, '安测试', '1', '1981-04-12', '430100', '310', 'working', '800.00'),
  B: fictitiousPerson(2, '贝测试', '2', '1969-11-03', '430300', '390', 'resident'),
  C: fictitiousPerson(3, '陈测试', '1', '1953-02-20', '430100', '310', 'retired', '300.00'),
  D: fictitiousPerson(4, '丁测试', '2', '1990-07-08', '430600', '310', 'working'),
  E: fictitiousPerson(5, '鄂测试', '1', '1987-09-15', '440300', '310', 'working', '0.00', 'tier1'),
  F: fictitiousPerson(6, '方测试', '2', '1979-01-30', '430200', '310', 'working'),
  G: fictitiousPerson(7, '葛测试', '1', '2001-06-18', '430100', '390', 'resident'),
  H: fictitiousPerson(8, '何测试', '2', '1985-12-24', '430100', '310', 'working'),
} as const satisfies Record<string, PersonFact>;

export type PersonKey = keyof typeof persons;

export const personKeyOf = (personNo: string): string =>
  keyOf(persons, (known) => known.personNo === personNo) ?? personNo;

export interface ItemFact {
  /** 医疗目录编码 in the national form. */
  readonly code: string;
  readonly name: string;
  readonly category: string;
}

export const items = {
  bed: { code: '001101000010000-110100001', name: '普通病房床位费', category: '01' },
  consultation: { code: '001102000010000-110200001', name: '诊察费', category: '02' },
  ct: { code: '002103000010000-210300001', name: 'X线计算机体层(CT)平扫', category: '03' },
  surgery: { code: '003306000010000-330600001', name: '示例手术', category: '06' },
  'special-nursing': { code: '001201000060000-120100006', name: '特需护理', category: '07' },
  implant: { code: 'C0101010010000100001', name: '示例植入材料', category: '08' },
  'drug-a': { code: 'XA01AAA000A001010100001', name: '示例甲类药', category: '09' },
  'drug-b': { code: 'XA02BBB000B002010100002', name: '示例乙类药', category: '09' },
} as const satisfies Record<string, ItemFact>;

export type ItemKey = keyof typeof items;

export const itemKeyOf = (code: string): string => keyOf(items, (known) => known.code === code) ?? code;

/** What the treatment places' catalogues differ in: class-B first-pay of drug-b and ct, limits of bed and implant. */
interface CatalogueFact {
  readonly ctFirstPay: string;
  readonly drugBFirstPay: string;
  readonly bedLimit: string | null;
  readonly implantLimit: string | null;
}

export const catalogues: Readonly<Record<string, CatalogueFact>> = {
  '110000': { ctFirstPay: '0.10', drugBFirstPay: '0.10', bedLimit: null, implantLimit: null },
  '310000': { ctFirstPay: '0.10', drugBFirstPay: '0.15', bedLimit: '60.00', implantLimit: '10000.00' },
  '440100': { ctFirstPay: '0.08', drugBFirstPay: '0.20', bedLimit: '50.00', implantLimit: null },
  '420100': { ctFirstPay: '0.10', drugBFirstPay: '0.10', bedLimit: '45.00', implantLimit: null },
  '430100': { ctFirstPay: '0.10', drugBFirstPay: '0.10', bedLimit: '40.00', implantLimit: null },
  '430200': { ctFirstPay: '0.10', drugBFirstPay: '0.10', bedLimit: '40.00', implantLimit: null },
};

/** The catalogue of one area in the form of the catalogue door. */
export function catalogueItems(area: string): object[] {
  const fact = catalogues[area];
  if (fact === undefined) throw new Error(`no catalogue for ${area}`);
  const firstPay: Partial<Record<ItemKey, string>> = {
    ct: fact.ctFirstPay,
    implant: '0.30',
    'drug-b': fact.drugBFirstPay,
    'special-nursing': '1',
  };
  const limits: Partial<Record<ItemKey, string | null>> = { bed: fact.bedLimit, implant: fact.implantLimit };
  const classes: Partial<Record<ItemKey, string>> = { ct: 'B', implant: 'B', 'drug-b': 'B', 'special-nursing': 'C' };
  return (Object.keys(items) as ItemKey[]).map((key) => ({
    ...items[key],
    class: classes[key] ?? 'A',
    firstPayRatio: firstPay[key] ?? '0',
    priceLimitPerUnit: limits[key] ?? null,
  }));
}

/** 上年第四季度 fund payments between provinces, month by month. */
export const quotas = [
  { payer: '430000', payee: '310000', q4: ['6000.00', '6500.00', '7000.00'] },
  { payer: '430000', payee: '440000', q4: ['11000.00', '12000.00', '13000.00'] },
  { payer: '430000', payee: '110000', q4: ['4000.00', '5000.00', '6000.00'] },
  { payer: '430000', payee: '420000', q4: ['1801.00', '2000.50', '2222.20'] },
  { payer: '440000', payee: '430000', q4: ['1800.00', '1900.00', '2000.00'] },
] as const;
