import pg from 'pg';

/**
 * How Postgres values arrive in the program: bigint as bigint (fen!), a date as the text of the day. Set once for the
 * process; a day must never pass through a Date, which has an hour and a zone.
 */
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
