import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf } from '../launcher/places.js';
import type { World } from '../launcher/world.js';
import { Doors } from './doors.js';
import { openTheNetwork } from './story/01-open-the-network.js';
import { prepay } from './story/02-prepay.js';
import { fileLongTerm, referOneStop } from './story/03-file.js';
import { HospitalBooks } from './story/hospital-books.js';
import { HospitalDesk } from './story/hospital-desk.js';
import type { Teller } from './teller.js';
import { institutions } from './world.js';

const silent: Teller = { step: () => undefined, say: () => undefined, table: () => undefined };

/**
 * 示范数据: the first chapters of the month (network, filings, prepayment), then today's time again.
 * The hospitals' credentials go into a file beside the logs, since a service shows each of them only once.
 */
export async function seed(world: World): Promise<string> {
  const doors = new Doors({ urls: world.urls, mint: (who) => world.tokens.mint(who) });
  const stage = {
    doors,
    teller: silent,
    desk: new HospitalDesk(doors),
    books: new HospitalBooks(doors),
    settled: new Map(),
  };
  await openTheNetwork(stage);
  await fileLongTerm(stage);
  await prepay(stage);
  await referOneStop(stage);
  const file = join(placesOf(world.portBase).state, 'hospital-credentials.json');
  const credentials = Object.values(institutions).map(({ code, name }) => ({
    code,
    name,
    ...doors.credentialOf(code),
  }));
  writeFileSync(file, `${JSON.stringify(credentials, null, 1)}\n`, { mode: 0o600 });
  return file;
}
