import type { Transaction } from '#shared/database';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { findAgentFor } from '../agent/agent.repository.js';
import { isHomeAgency } from './home-agency.js';
import type { Belonging } from './home-agency.js';

/**
 * 代申请人查询 (N9 H11): who may ask on behalf of an applicant. The home agency for its people, an agent for those on its list, an
 * online client for everybody in its field, whichever way the filing came.
 */
export async function mayAskFor(
  tx: Transaction,
  caller: Caller,
  person: Belonging & { readonly personNo: string },
): Promise<boolean> {
  if (caller.roles.includes('filing.channel.agent'))
    return (await findAgentFor(tx, caller.subject, person.personNo)) !== undefined;
  const isOnline = caller.roles.some((role) => role.startsWith('filing.channel.'));
  return isOnline ? isWithin(caller.scope, person.homeArea) : isHomeAgency(tx, caller, person);
}
