/** 待签文本: all envelope fields but `cainfo` and `input`, sorted by key, empty ones left out, `k=v` joined by `&`. */
export function signedText(envelope: Readonly<Record<string, unknown>>): string {
  return Object.entries(envelope)
    .filter(([key, value]) => key !== 'cainfo' && key !== 'input' && isWritten(value))
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join('&');
}

const isWritten = (value: unknown): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number';
