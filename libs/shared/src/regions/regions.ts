import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { rulesDirectory } from '../rules/rules-directory.js';

/** 医保区划: a six-digit area code, for example 430100. */
export type AreaCode = string;
export type AreaLevel = 'nation' | 'province' | 'area';

interface RegionFile {
  provinces: Record<string, string>;
  municipalities: string[];
  filedToProvince: { areas: string[] };
  provincePools: Record<string, string>;
  areas: Record<string, string>;
  retired: Record<string, string>;
}

let file: RegionFile | undefined;

function regions(): RegionFile {
  file ??= parse(readFileSync(join(rulesDirectory(), 'regions.yaml'), 'utf8')) as RegionFile;
  return file;
}

export const nation: AreaCode = '000000';

/** The code in force today for a code that may be retired; old data is mapped, never dropped. */
export const currentArea = (area: AreaCode): AreaCode => regions().retired[area] ?? area;

export const provinceOf = (area: AreaCode): AreaCode => `${currentArea(area).slice(0, 2)}0000`;
export const isProvince = (area: AreaCode): boolean => Object.hasOwn(regions().provinces, area);
export const isMunicipality = (area: AreaCode): boolean => regions().municipalities.includes(area);
export const sameProvince = (a: AreaCode, b: AreaCode): boolean => provinceOf(a) === provinceOf(b);
/** All provinces in the order of their codes, XPCC last: the rows and columns of annex 14. */
export const provinces = (): AreaCode[] => Object.keys(regions().provinces).sort();

/** 统筹区: the pool an area belongs to. Municipalities are one pool; districts belong to their prefecture. */
export function poolOf(area: AreaCode): AreaCode {
  const current = currentArea(area);
  const province = provinceOf(current);
  if (isMunicipality(province)) return province;
  if (Object.hasOwn(regions().provincePools, current) || current.endsWith('0000')) return current;
  return `${current.slice(0, 4)}00`;
}

/** 省本级: a pool of the province itself. */
export const isProvincePool = (area: AreaCode): boolean => Object.hasOwn(regions().provincePools, currentArea(area));

export const samePool = (a: AreaCode, b: AreaCode): boolean => poolOf(a) === poolOf(b);

export function areaLevel(area: AreaCode): AreaLevel {
  if (area === nation) return 'nation';
  return isProvince(area) && !isMunicipality(area) ? 'province' : 'area';
}

/** The Chinese name of an area, or its code where no name is known. */
export function areaName(area: AreaCode): string {
  const { provinces: names, areas, provincePools } = regions();
  if (area === nation) return '国家';
  return names[area] ?? areas[area] ?? provincePools[area] ?? area;
}

const autonomous: Readonly<Record<string, string>> = {
  '150000': '自治区',
  '450000': '壮族自治区',
  '540000': '自治区',
  '640000': '回族自治区',
  '650000': '维吾尔自治区',
  '660000': '',
};

/** The full name of the province an area lies in, as it stands on official papers: 湖南省, 北京市, 西藏自治区. */
export function provinceFullName(area: AreaCode): string {
  const province = provinceOf(area);
  return areaName(province) + (autonomous[province] ?? (isMunicipality(province) ? '市' : '省'));
}

/** 备案地: an area as it may be filed to: Hainan, Tibet and XPCC to the province level, others to their pool (N11 H15). */
export function filingDestination(area: AreaCode): AreaCode {
  const province = provinceOf(area);
  return regions().filedToProvince.areas.includes(province) ? province : poolOf(area);
}

/** Whether two places are one destination of a filing (N11). */
export const sameDestination = (a: AreaCode, b: AreaCode): boolean => filingDestination(a) === filingDestination(b);
