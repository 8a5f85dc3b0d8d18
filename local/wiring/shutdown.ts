/** What has to be closed, the last opened first. */
export class Shutdown {
  private readonly steps: (() => unknown)[] = [];
  private running: Promise<void> | undefined;

  /** Adds a step and gives its subject back. */
  add<T>(subject: T, close: (subject: T) => unknown): T {
    this.steps.push(() => close(subject));
    return subject;
  }

  /** Runs all steps once, also when some fail; the first failure is thrown at the end. */
  run(): Promise<void> {
    this.running ??= this.runSteps();
    return this.running;
  }

  private async runSteps(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps.reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The twin did not stop cleanly');
  }
}
