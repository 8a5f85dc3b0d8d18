import { AwsError } from '../aws-service.ts';
import { type FunctionConfig } from './function-config.ts';
import { accountConcurrency } from './limits.ts';

/** Counts running invocations and refuses more than a function reserves or the account has. */
export class ConcurrencyLimits {
  private readonly running = new Map<string, number>();
  private total = 0;

  /** Takes a place; throws `TooManyRequestsException` when there is none. */
  enter({ name, reservedConcurrency = Infinity }: FunctionConfig): void {
    const running = this.running.get(name) ?? 0;
    if (running >= reservedConcurrency) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    if (this.total >= accountConcurrency) throw throttled('ConcurrentInvocationLimitExceeded');
    this.running.set(name, running + 1);
    this.total++;
  }

  /** Gives a place back. */
  leave({ name }: FunctionConfig): void {
    this.running.set(name, (this.running.get(name) ?? 1) - 1);
    this.total--;
  }

  /** Invocations that run now. */
  get inFlight(): number {
    return this.total;
  }
}

function throttled(reason: string): AwsError {
  return new AwsError('TooManyRequestsException', `Rate Exceeded. (${reason})`, 429);
}
