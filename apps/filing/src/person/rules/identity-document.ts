import { isIdentityNumber } from '#shared/identity';
import { isDay } from '#shared/clock';

interface DocumentKind {
  readonly name: string;
  readonly holds: (number: string) => boolean;
}

const pattern =
  (form: RegExp): ((number: string) => boolean) =>
  (number) =>
    form.test(number);
const areaOf = (number: string): string => number.slice(0, 6);

/** 证件类型 of the national code table that this service accepts, each with the form of its number. */
const kinds: Readonly<Record<string, DocumentKind>> = {
  '01': { name: '居民身份证', holds: isIdentityNumber },
  '02': { name: '中国人民解放军军官证', holds: pattern(/^[\u4e00-\u9fff]字第[0-9A-Z]{4,10}号$/) },
  '03': { name: '武警警官证', holds: pattern(/^[\u4e00-\u9fff]字第[0-9A-Z]{4,10}号$/) },
  '04': { name: '港澳居民来往内地通行证（香港）', holds: pattern(/^H\d{8}(\d{2})?$/) },
  '05': { name: '港澳居民来往内地通行证（澳门）', holds: pattern(/^M\d{8}(\d{2})?$/) },
  '06': { name: '台湾居民来往大陆通行证', holds: pattern(/^(\d{8}|\d{10}[A-Z])$/) },
  '07': { name: '外国人永久居留身份证', holds: isForeignersCard },
  '08': { name: '外国人护照', holds: pattern(/^[A-Z0-9]{5,15}$/) },
  '17': { name: '港澳台居民居住证', holds: isResidencePermit },
};

/** 港澳台居民居住证: 18 places like an identity card, beginning with 810000, 820000 or 830000. */
function isResidencePermit(number: string): boolean {
  return ['810000', '820000', '830000'].includes(areaOf(number)) && isIdentityNumber(number);
}

/** 外国人永久居留身份证: since 2023 18 places that begin with 9, before that three letters and twelve digits with a birthday. */
function isForeignersCard(number: string): boolean {
  if (/^9\d{16}[\dX]$/.test(number)) return isIdentityNumber(number);
  const [, year, month, date] = /^[A-Z]{3}\d{4}(\d{2})(\d{2})(\d{2})\d{2}$/.exec(number) ?? [];
  return year !== undefined && [`19${year}`, `20${year}`].some((full) => isDay(`${full}-${month ?? ''}-${date ?? ''}`));
}

export const documentKinds = Object.keys(kinds);
export const documentName = (kind: string): string => kinds[kind]?.name ?? '其他证件';

/** 证件号码 as it is stored and compared: without spaces, capital letters. */
export const normalDocumentNumber = (number: string): string => number.replace(/\s/g, '').toUpperCase();

/** 证件号码校验 (N16): form, birthday and check digit, by the kind of document. */
export const isDocumentNumber = (kind: string, number: string): boolean => kinds[kind]?.holds(number) ?? false;
