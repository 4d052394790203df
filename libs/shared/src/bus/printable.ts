/** Text from elsewhere, as short as wanted and without the one character that Postgres cannot keep. */
export const printable = (text: string, length = 1000): string => text.replaceAll('\0', '\uFFFD').slice(0, length);
