/** What was started, to be stopped in the opposite order, each once, whatever fails on the way. */
export class StopList {
  private readonly stops: (() => Promise<void> | void)[] = [];
  private running: Promise<void> | undefined;

  add(stop: () => Promise<void> | void): void {
    this.stops.push(stop);
  }

  /** Calling it again waits for the first call. */
  stopAll(): Promise<void> {
    this.running ??= this.stopInOrder();
    return this.running;
  }

  private async stopInOrder(): Promise<void> {
    const failures: unknown[] = [];
    for (let stop = this.stops.pop(); stop !== undefined; stop = this.stops.pop()) {
      try {
        await stop();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
  }
}
