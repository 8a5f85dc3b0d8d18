/** How often a function ran and for how long, as Lambda bills it. */
export interface InvocationUsage {
  readonly functionName: string;
  readonly invocations: number;
  readonly durationMs: number;
}

/** The first load of a function in a host process. */
export interface ColdStart {
  readonly functionName: string;
  readonly initMs: number;
}

/** Counts invocations, their time, and cold starts. */
export class InvocationStatistics {
  private readonly usages = new Map<string, { invocations: number; durationMs: number }>();
  private readonly starts: ColdStart[] = [];

  record(functionName: string, durationMs: number, initMs?: number): void {
    if (initMs !== undefined) this.starts.push({ functionName, initMs });
    const usage = this.usages.get(functionName);
    if (!usage) {
      this.usages.set(functionName, { invocations: 1, durationMs });
      return;
    }
    usage.invocations++;
    usage.durationMs += durationMs;
  }

  usage(): InvocationUsage[] {
    return [...this.usages].map(([functionName, usage]) => ({ functionName, ...usage }));
  }

  coldStarts(): readonly ColdStart[] {
    return this.starts;
  }

  reset(): void {
    this.usages.clear();
  }
}
