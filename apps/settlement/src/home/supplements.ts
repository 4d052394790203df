/** 补充险种 (N6): which supplements a person may have besides the basic scheme; the layers themselves say for whom they pay. */
const forEverybody: readonly string[] = ['330', '610'];
const byIdentity: Readonly<Record<string, string>> = { 公务员: '320', 企业补充: '370' };

export const supplementsOf = (identities: readonly string[]): string[] => [
  ...forEverybody,
  ...identities.flatMap((identity) => byIdentity[identity] ?? []),
];
