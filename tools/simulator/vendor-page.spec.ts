import { describe, expect, it } from '@jest/globals';
import { baseInfno, interfaceTable, isInfno, requestEnvelope, readShape } from '#shared/national-interface';
import { conformanceFacts } from '../conformance/world-file.js';
import { bash, pageCommands, promisedValues, vendorPage } from './testing/vendor-page.js';

type Envelope = Readonly<Record<string, unknown>> & { infno: string; input: unknown };

const variables: Readonly<Record<string, string>> = {
  ...{ BASE: 'http://nowhere', TODAY: '2026-03-02', OFFSET: '0', HOSPITAL: 'H11000000301', AREA: '110000' },
  ...{ PAASID: 'P', SECRET: 'S', PSN_NO: '43010000000000000000000101', PSN_NAME: '甲常住', HOME_AREA: '430100' },
  ...{ CERTNO: '999999198005062038', ITEM1: 'A', ITEM2: 'B', ITEM3: 'C' },
};

/** Curl and openssl stand for what is outside here: the envelope that would be sent goes to the error output. */
const pretended = `
curl() { local last="\${@: -1}"; case "$last" in *'"infno"'*) echo "$last" | tr -d '\\n' >&2; echo >&2;; esac
  echo '{"infcode":0,"output":{"mdtrt_id":"V1","setl_id":"S1"}}'; }
openssl() { echo 0a; }
`;

async function sentEnvelopes(): Promise<Envelope[]> {
  const assigned = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
  const commands = pageCommands().replace(/^eval .*$/m, '');
  const { stderr } = await bash([...assigned, pretended, commands].join('\n'));
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Envelope);
}

describe('docs/vendors.md', () => {
  it('[H79 H81] every command is a message that the interface accepts, in the order of a visit', async () => {
    const sent = await sentEnvelopes();
    const order = ['1101', '2201', '2203A', '2204', '2206', '2207', '3201', '2207', '2207', '2208', '2601', '2208'];
    expect(sent.map(({ infno }) => infno)).toEqual(order);
    for (const envelope of sent) {
      const base = baseInfno(envelope.infno);
      if (!isInfno(base)) throw new Error(`${envelope.infno} is not in the interface`);
      expect(() => readShape(requestEnvelope, envelope, 'envelope')).not.toThrow();
      expect(() => interfaceTable[base].read(envelope.input)).not.toThrow();
    }
  });

  it('[H82] the world file of the page is enough for a conformance run', () => {
    const [, json = ''] = /^```json\n([\s\S]*?)^```/m.exec(vendorPage()) ?? [];
    const facts = conformanceFacts(JSON.parse(json), { url: 'http://gateway', key: 'p:s' });
    expect(facts).toMatchObject({ hospital: { credential: { paasid: 'p', secret: 's' } }, other: undefined });
  });

  it('[H81] the page says what each field shows', () => {
    expect(promisedValues()).toContain('180.67');
    expect(promisedValues().length).toBeGreaterThan(8);
  });
});
