/**
 * SQLSTATE codes that mean "not now" rather than "not so": connection lost, shutting down, starting up, no slots, no
 * space on the disk or in memory, a disk that cannot be read.
 */
const transientStates = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53000',
  '53100',
  '53200',
  '53300',
  '53400',
  '58000',
  '58030',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '08007',
]);
const transientCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** TypeORM gives a connection back when it breaks; whoever was about to use it is told that it is released already. */
const transientTexts =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|[Qq]uery runner (was )?already released/;
const repeatableStates = new Set(['40001', '40P01']);

function codeOf(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  const found = code ?? driverError?.code;
  return typeof found === 'string' ? found : '';
}

/** The database could not be asked; the same work may succeed later. It says nothing about the work itself. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return (
    transientStates.has(code) ||
    transientCodes.has(code) ||
    (error instanceof Error && transientTexts.test(error.message))
  );
}

/** Two transactions were in each other's way: the loser may simply run again. */
export const isRepeatable = (error: unknown): boolean => repeatableStates.has(codeOf(error));

/** A row of this key exists already; with a name, the constraint that says so. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  const driver = (error as { driverError?: { constraint?: string } } | null)?.driverError;
  return codeOf(error) === '23505' && (constraint === undefined || driver?.constraint === constraint);
}

/** The text that somebody sent has a character that a database cannot keep (a zero byte, half a character). */
export const isUnstorableText = (error: unknown): boolean => ['22021', '22P05'].includes(codeOf(error));
