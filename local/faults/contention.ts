import { type WrittenItem } from './written-items.ts';

/** DynamoDB's limits of writing one place at once. */
export interface Limits {
  /**
   * How long a transaction keeps its items to itself, in milliseconds: another write of one of them meanwhile is refused. DynamoDB states
   * no figure; a transaction takes about 10 to 20 ms, so one item takes some 50 to 100 a second.
   */
  readonly transactionMs: number;
  /** Write units that one partition takes in a second: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
  readonly partitionUnitsPerSecond: number;
}

/** What DynamoDB would say to a write, besides its conditions. */
export type Verdict =
  | { readonly kind: 'free'; release(): void }
  /** Which of its items another transaction has. */
  | { readonly kind: 'conflict'; readonly taken: readonly boolean[] }
  | { readonly kind: 'throttled' };

/** Keeps who writes what, and how much each partition took within this second. */
export class Contention {
  private readonly limits: Limits;
  private readonly now: () => number;
  private readonly busy = new Map<string, number>();
  private readonly budgets = new Map<string, { second: number; units: number }>();

  constructor(limits: Limits, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.now = now;
  }

  /** Asks to write some items; `release` when the write is done. */
  enter(items: readonly WrittenItem[], isTransaction: boolean): Verdict {
    const taken = items.map(({ item }) => (this.busy.get(item) ?? 0) > this.now());
    if (taken.includes(true)) return { kind: 'conflict', taken };
    if (!this.affords(items)) return { kind: 'throttled' };
    if (!isTransaction) return { kind: 'free', release: () => undefined };
    for (const { item } of items) this.busy.set(item, Number.POSITIVE_INFINITY);
    const until = this.now() + this.limits.transactionMs;
    return { kind: 'free', release: () => this.release(items, until) };
  }

  /** A transaction is over once it is done and its time is up, whichever comes later. */
  private release(items: readonly WrittenItem[], until: number): void {
    for (const { item } of items) {
      if (until > this.now()) this.busy.set(item, until);
      else this.busy.delete(item);
    }
  }

  private affords(items: readonly WrittenItem[]): boolean {
    const second = Math.floor(this.now() / 1000);
    const wanted = new Map<string, number>();
    for (const { partition, units } of items) wanted.set(partition, (wanted.get(partition) ?? 0) + units);
    const used = (partition: string): number => {
      const budget = this.budgets.get(partition);
      return budget?.second === second ? budget.units : 0;
    };
    const all = [...wanted];
    if (all.some(([partition, units]) => used(partition) + units > this.limits.partitionUnitsPerSecond)) return false;
    for (const [partition, units] of all) this.budgets.set(partition, { second, units: used(partition) + units });
    return true;
  }
}
