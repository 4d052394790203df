import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf } from '../launcher/places.js';
import type { World } from '../launcher/world.js';
import { Doors } from './doors.js';
import { playOpening } from './story/play-opening.js';
import { silentTeller } from './teller.js';
import { institutions } from './world.js';

/**
 * 示范数据: what is there before the first patient comes. The hospitals' credentials go into a file beside the logs, since
 * a service shows each of them only once.
 */
export async function seed(world: World): Promise<string> {
  const doors = new Doors({ urls: world.urls, mint: (who) => world.tokens.mint(who) });
  await playOpening(doors, silentTeller);
  const file = join(placesOf(world.portBase).state, 'hospital-credentials.json');
  const credentials = Object.values(institutions).map(({ code, name }) => ({
    code,
    name,
    ...doors.credentialOf(code),
  }));
  writeFileSync(file, `${JSON.stringify(credentials, null, 1)}\n`, { mode: 0o600 });
  return file;
}
