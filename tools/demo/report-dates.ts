import type { Doors } from './doors.js';
import { clerk } from './people.js';
import { month } from './story/05-declare-audit-pay.js';

interface Obligation {
  readonly kind: string;
  readonly subject: string;
  readonly dueOn: string;
  readonly state: string;
}

/** The names under which the month's report gives the due days of the obligations. */
const names: Readonly<Record<string, string>> = {
  'home-confirms': 'homeConfirmsBy',
  declare: 'declareBy',
  audit: 'auditBy',
  object: 'objectBy',
  pay: 'payBy',
  upload: 'uploadBy',
  tables: 'tablesOn',
  confirm: 'confirmBy',
  notices: 'noticesBy',
  'to-finance': 'toFinanceBy',
  transfer: 'transferBy',
  report: 'reportBy',
  'areas-pay': 'areasPayBy',
};

/** The dates of the month, read from the board of all obligations; two due days for one kind are shown as both. */
export async function readDates(doors: Doors): Promise<Record<string, string>> {
  const board = await doors.call<Obligation[]>(clerk('000000'), 'collaboration', 'GET', '/board/obligations');
  const dates: Record<string, string> = { period: month };
  for (const [kind, name] of Object.entries(names)) {
    const due = new Set(
      board
        .filter((one) => one.kind === kind && one.subject.startsWith(month) && one.state !== 'withdrawn')
        .map(({ dueOn }) => dueOn),
    );
    dates[name] = [...due].sort().join(' | ');
  }
  dates['note'] = 'due days of the obligations on the board; working days of the calendar with its make-up days';
  return dates;
}
