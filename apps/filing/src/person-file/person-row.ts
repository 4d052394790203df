import { insuranceStatuses } from '#shared/contracts';
import { isDay } from '#shared/clock';
import type { Insurance } from '#shared/filing';
import type { TitledRow } from '#shared/sheets';
import { documentName, isDocumentNumber, normalDocumentNumber } from '../person/rules/identity-document.js';

/** 参保名册 columns: one row per insurance; the rows of one person stand together. */
export const personColumns = [
  ...(['人员编号', '姓名', '性别', '出生日期', '证件类型', '证件号码', '参保地', '险种', '人员类别'] as const),
  ...(['参保身份', '参保状态', '起始日'] as const),
];
/** Columns that may be missing: 档次, 终止日, 特殊身份 (several with a space between them). */
type Cells = TitledRow['cells'];

const sexes: Readonly<Record<string, '1' | '2' | '9'>> = { '1': '1', 男: '1', '2': '2', 女: '2', '9': '9' };
const schemes: Readonly<Record<string, Insurance['scheme']>> = { '310': '310', 职工: '310', '390': '390', 居民: '390' };
const categories: Readonly<Record<string, Insurance['category']>> = {
  ...{
    working: 'working',
    在职: 'working',
    retired: 'retired',
    退休: 'retired',
    resident: 'resident',
    居民: 'resident',
  },
};
const statuses: Readonly<Record<string, Insurance['status']>> = {
  ...Object.fromEntries(insuranceStatuses.map((status) => [status, status])),
  ...{ 正常: 'active', 暂停: 'suspended', 终止: 'ended', 转出: 'moved' },
};

/** A person of the file before anything is asked of the database. */
export interface FilePerson {
  readonly line: number;
  readonly personNo: string;
  readonly name: string;
  readonly sex: '1' | '2' | '9';
  readonly birthDate: string;
  readonly certificateType: string;
  readonly number: string;
  readonly area: string;
  readonly specialIdentities: readonly string[];
  readonly insurances: readonly Insurance[];
}

/** What is wrong with the personal part of a row, in words; undefined when nothing is. */
function personFault(cells: Cells): string | undefined {
  const { 人员编号: no = '', 姓名: name = '', 证件类型: kind = '', 出生日期: born = '', 参保地: area = '' } = cells;
  if (!/^[\w-]{1,30}$/.test(no)) return '人员编号应为 1 至 30 位字母数字';
  if (name === '' || name.length > 50) return '姓名应为 1 至 50 个字';
  if (sexes[cells['性别'] ?? ''] === undefined) return '性别应为 1、2 或 9';
  if (!isDay(born)) return '出生日期不存在';
  if (!/^\d{6}$/.test(area)) return '参保地应为六位代码';
  const number = normalDocumentNumber(cells['证件号码'] ?? '');
  if (!isDocumentNumber(kind, number)) return `${documentName(kind)}号码不正确`;
  return undefined;
}

function insuranceOf(cells: Cells): Insurance | string {
  const { 人员类别: personType = '', 起始日: from = '', 终止日: to = '', 档次: tier = '' } = cells;
  const scheme = schemes[cells['险种'] ?? ''];
  const category = categories[cells['参保身份'] ?? ''];
  const status = statuses[cells['参保状态'] ?? ''];
  if (scheme === undefined) return '险种应为 310 或 390';
  if (!/^\d{4}$/.test(personType)) return '人员类别应为四位代码';
  if (category === undefined) return '参保身份应为在职、退休或居民';
  if (status === undefined) return '参保状态应为正常、暂停、终止或转出';
  if (!isDay(from)) return '起始日不存在';
  if (to !== '' && (!isDay(to) || to < from)) return '终止日不存在或早于起始日';
  if (tier.length > 20) return '档次过长';
  return { scheme, personType, category, tier: tier === '' ? null : tier, status, from, to: to === '' ? null : to };
}

/** The rows of one person as a person, or the first fault. */
export function personOf(rows: readonly TitledRow[]): FilePerson | { line: number; personNo: string; reason: string } {
  const [first] = rows;
  if (first === undefined) throw new Error('a person has at least one row');
  const { line, cells } = first;
  const personNo = cells['人员编号'] ?? '';
  const refused = (reason: string, at = line): { line: number; personNo: string; reason: string } => ({
    ...{ line: at, personNo: personNo.slice(0, 30), reason },
  });
  const fault = personFault(cells);
  if (fault !== undefined) return refused(fault);
  const insurances: Insurance[] = [];
  for (const row of rows) {
    const insurance = insuranceOf(row.cells);
    if (typeof insurance === 'string') return refused(insurance, row.line);
    if (insurances.some(({ scheme, from }) => scheme === insurance.scheme && from === insurance.from))
      return refused('同一险种的起始日重复', row.line);
    insurances.push(insurance);
  }
  if (insurances.length > 60) return refused('参保记录超过 60 条');
  return {
    ...{ line, personNo, insurances, name: cells['姓名'] ?? '', sex: sexes[cells['性别'] ?? ''] ?? '9' },
    ...{ birthDate: cells['出生日期'] ?? '', certificateType: cells['证件类型'] ?? '', area: cells['参保地'] ?? '' },
    number: normalDocumentNumber(cells['证件号码'] ?? ''),
    specialIdentities: (cells['特殊身份'] ?? '')
      .split(/\s+/)
      .filter((one) => one !== '' && one.length <= 30)
      .slice(0, 20),
  };
}
