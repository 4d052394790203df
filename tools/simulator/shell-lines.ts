import type { WorldView } from './world-view.js';

/** The hospital, the person and the items of a first settlement, by the names that docs/vendors.md uses in its commands. */
export function shellVariables(view: WorldView): Record<string, string> {
  const [person] = view.persons;
  const hospital = view.institutions.find(({ code }) => code === person?.visit.institution);
  if (person === undefined || hospital === undefined)
    throw new Error('the first person is treated in a hospital of the world');
  const [first, second, third] = person.visit.lines.map(({ code }) => code);
  return {
    BASE: view.address.base,
    TODAY: view.clock.shanghai.slice(0, 10),
    OFFSET: String(view.clock.offsetSeconds),
    HOSPITAL: hospital.code,
    HOSPITAL_NAME: hospital.name,
    AREA: hospital.area,
    PAASID: hospital.paasid ?? '',
    SECRET: hospital.secret ?? '',
    PSN_NO: person.personNo,
    PSN_NAME: person.name,
    CERTNO: person.identityNumber,
    HOME_AREA: person.home,
    ITEM1: first ?? '',
    ITEM2: second ?? '',
    ITEM3: third ?? '',
  };
}

/** GET /simulator/shell: the same as lines that a shell can take over. */
export const shellLines = (view: WorldView): string =>
  Object.entries(shellVariables(view))
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');

/** 1101 of the first person, ready to be pasted: it signs itself when it is run. */
export function readyCurl(view: WorldView): string {
  const { BASE, OFFSET, HOSPITAL, AREA, PAASID, SECRET, CERTNO } = shellVariables(view);
  const envelope = JSON.stringify({
    ...{ infno: '1101', msgid: 'MSGID', mdtrtarea_admvs: AREA, fixmedins_code: HOSPITAL },
    input: { data: { mdtrt_cert_type: '02', mdtrt_cert_no: CERTNO } },
  }).replace('MSGID', `${HOSPITAL}'$T$N'`);
  const digest = `$(printf '%s' "$T"'${SECRET}'"$N$T" | openssl dgst -sha256 | sed 's/^.* //')`;
  return [
    `T=$(($(date +%s) + ${OFFSET})) N=$(openssl rand -hex 4); curl -s ${BASE}/1101 -H 'content-type: application/json' \\`,
    `  -H 'x-tif-paasid: ${PAASID}' -H "x-tif-timestamp: $T" -H "x-tif-nonce: $N" \\`,
    `  -H "x-tif-signature: ${digest}" \\`,
    `  -d '${envelope}'`,
  ].join('\n');
}
