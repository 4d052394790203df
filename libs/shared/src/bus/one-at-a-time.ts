/** Work that must not overlap: each waits until the one before it has ended, well or not. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }

  /** When all that was asked for until now has ended. */
  async idle(): Promise<void> {
    await this.last;
  }
}
