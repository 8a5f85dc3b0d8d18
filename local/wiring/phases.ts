/** Tells how long each phase of the start took. */
export class Phases {
  private readonly report: (phase: string, durationMs: number) => void;
  private since = performance.now();

  constructor(report: (phase: string, durationMs: number) => void = () => undefined) {
    this.report = report;
  }

  /** Ends the phase that began with the one before. */
  end(phase: string): void {
    const now = performance.now();
    this.report(phase, now - this.since);
    this.since = now;
  }
}
