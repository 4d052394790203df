import { PackFileError } from '../../apps/settlement/src/policy/pack-text.js';
import { unconfirmedIn } from '../../apps/settlement/src/policy/unconfirmed.js';
import { CasePacks } from '../cases/case-packs.js';

/** Lists every clause and value that its pack calls unconfirmed, with the reason; a pack that cannot be read is told. */
export function unconfirmedCommand(): number {
  const packs = new CasePacks();
  let unread = 0;
  for (const name of packs.names) {
    try {
      const pack = packs.get(name);
      for (const { where, why } of pack === undefined ? [] : unconfirmedIn(pack))
        console.log(`${name.padEnd(18)} ${where}: ${why}`);
    } catch (error) {
      if (!(error instanceof PackFileError)) throw error;
      unread += 1;
      for (const problem of error.message.split('\n')) console.log(`✗ ${problem}`);
    }
  }
  return unread === 0 ? 0 : 1;
}
