import { PolicyPacks } from '../../apps/settlement/src/policy/policy-packs.js';
import { unconfirmedIn } from '../../apps/settlement/src/policy/unconfirmed.js';

/** Lists every clause and value that its pack calls unconfirmed, with the reason. */
export function unconfirmedCommand(): number {
  for (const pack of PolicyPacks.load().packs)
    for (const { where, why } of unconfirmedIn(pack)) console.log(`${pack.id.padEnd(18)} ${where}: ${why}`);
  return 0;
}
