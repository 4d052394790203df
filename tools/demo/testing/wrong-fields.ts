import type { Json } from '../doors.js';

/** What is wrong with an application for a filing, and the word by which the answer names the field. */
export const wrongFields: readonly [name: string, wrong: Json, field: string][] = [
  ['an unknown field', { fund: '1' }, 'fund'],
  ['SQL for a number', { personNo: "x'; drop table filing; --" }, '人员编号'],
  ['ten thousand characters for a number', { personNo: '4'.repeat(10_000) }, '人员编号'],
  ['a list for a text', { destination: ['420100'] }, '就医地'],
  ['an object for a text', { destination: { $ne: '' } }, '就医地'],
  ['a text for a list', { materials: 'credential' }, '备案材料'],
  ['sixty entries for fifty', { materials: Array.from({ length: 60 }, () => 'x') }, 'materials'],
  ['null', { category: null }, '备案人员类别'],
  ['a category that does not exist', { category: 'tourist' }, '备案人员类别'],
  ['a text for yes or no', { supplementary: 'yes' }, '是否补办'],
];
