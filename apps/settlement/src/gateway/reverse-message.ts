import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { baseInfno, interfaceTable, isInfno } from '#shared/national-interface';
import type { TransactionForm } from '#shared/national-interface';
import { cancelMessage, lockMessage, startMessage } from './message-log.repository.js';
import type { KnownMessage } from './message-log.repository.js';
import { UndoEffect } from './undo-effect.js';

export interface ReverseCommand {
  readonly institutionCode: string;
  readonly personNo: string | null;
  /** The message to reverse, and the number that the hospital believes it has. */
  readonly msgid: string;
  readonly infno: string;
  /** The message that reverses. */
  readonly by: string;
}

/**
 * 冲正 (2601): the transaction named by its message id counts as never done, whether its answer was seen or not. One that
 * has not arrived, or still runs, is cancelled and will find that out itself; one that was refused did nothing; twice is once.
 */
@Injectable()
export class ReverseMessage {
  constructor(
    private readonly clock: Clock,
    private readonly undoEffect: UndoEffect,
  ) {}

  async execute(tx: Transaction, command: ReverseCommand): Promise<Outcome<undefined>> {
    const { institutionCode, msgid, by } = command;
    const key = { institutionCode, msgid };
    const impossible = notReversible(command.infno);
    if (impossible !== undefined) return impossible;
    const infno = baseInfno(command.infno);
    const unseen = createHash('sha256').update(`reversed before it arrived: ${msgid}`).digest();
    const subject = { personNo: command.personNo, visitId: null };
    const at = this.clock.now();
    const isNew = await startMessage(tx, key, {
      infno,
      sha256: unseen,
      state: 'cancelled',
      at,
      reversedBy: by,
      ...subject,
    });
    if (isNew) return undefined;
    const original = await lockMessage(tx, key);
    if (original === undefined) throw new Error('a message that is there can be locked');
    if (original.infno !== infno || isOfAnother(original, command.personNo))
      return refuse('REVERSAL_OTHER_TRANSACTION', { msgid, infno: original.infno });
    switch (original.state) {
      case 'cancelled':
      case 'reversed':
        return undefined;
      case 'running':
      case 'refused':
      case 'query':
        await cancelMessage(tx, key, 'cancelled', by);
        return undefined;
      case 'done': {
        const undone = await this.undoEffect.execute(tx, original, by);
        if (isRefusal(undone)) return undone;
        await cancelMessage(tx, key, 'reversed', by);
        return undefined;
      }
    }
  }
}

const isOfAnother = ({ personNo }: KnownMessage, given: string | null): boolean =>
  personNo !== null && given !== null && personNo !== given;

/** What cannot be reversed, and what to do instead. */
function notReversible(given: string): Refusal | undefined {
  const infno = baseInfno(given);
  if (!isInfno(infno)) return refuse('UNKNOWN_TRANSACTION', { infno: given.slice(0, 10) });
  const { name, reversal }: TransactionForm = interfaceTable[infno];
  if (reversal === 'undone') return undefined;
  const instead = reversal === 'nothing-to-undo' ? '查询不改变数据，不需冲正' : reversal.instead;
  return refuse('NOT_REVERSIBLE', { infno, name, instead });
}
