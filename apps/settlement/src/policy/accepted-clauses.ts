/** 未确认条款的使用: in production an unconfirmed clause settles nothing unless the operator accepted its pack by name. */
export class AcceptedClauses {
  private readonly packs: ReadonlySet<string>;

  /** `names` are pack ids with commas between them, as in YIDI_ACCEPT_UNCONFIRMED. */
  constructor(
    private readonly production: boolean,
    names: string,
  ) {
    this.packs = new Set(
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    );
  }

  /** The first of these clauses (`<pack> <clause>`) that must not be used; undefined when all may. */
  firstNotAccepted(clauses: readonly string[]): string | undefined {
    if (!this.production) return undefined;
    return clauses.find((clause) => !this.packs.has(clause.split(' ', 1)[0] ?? ''));
  }
}
