import { type GroupCommit } from '../sqs/group-commit.ts';
import { type Delivery, type DeliveryStore } from './delivery-store.ts';
import { deliveryFailure, exhaustedBy, retryDelayMs } from './retry-policy.ts';
import { type Deliver, type DeliveryFailure, type EventTarget } from './rule.ts';

const MAX_IN_FLIGHT = 32;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a pump works with. */
export interface PumpContext {
  readonly store: DeliveryStore;
  readonly commits: GroupCommit;
  readonly deliver: Deliver;
  readonly clock: () => number;
  /** Told of an event that was given up and has no dead letter queue. */
  readonly dropped: (failure: DeliveryFailure) => void;
}

/**
 * Delivers one target's events: first tries in the order of acceptance, several in flight, failed ones again after a delay.
 * A target that hangs holds up nobody else. A delivery leaves the store after it succeeded, so a crash repeats it.
 */
export class TargetPump {
  readonly #key: string;
  readonly #context: PumpContext;
  readonly #retries = new Map<number, NodeJS.Timeout>();
  #ruleArn: string;
  #target: EventTarget;
  #fresh: Delivery[] = [];
  #lastRead = 0;
  #inFlight = 0;
  #closed = false;

  constructor(key: string, ruleArn: string, target: EventTarget, context: PumpContext) {
    this.#key = key;
    this.#ruleArn = ruleArn;
    this.#target = target;
    this.#context = context;
  }

  /** Takes over a changed definition of the same target. */
  redefine(ruleArn: string, target: EventTarget): void {
    this.#ruleArn = ruleArn;
    this.#target = target;
  }

  /** Starts as many deliveries as are waiting and allowed in flight. */
  wake(): void {
    while (!this.#closed && this.#inFlight < MAX_IN_FLIGHT) {
      const delivery = this.#next();
      if (!delivery) return;
      this.#start(delivery);
    }
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#retries.values()) clearTimeout(timer);
    this.#retries.clear();
  }

  #next(): Delivery | undefined {
    if (this.#fresh.length === 0) {
      this.#fresh = this.#context.store.after(this.#key, this.#lastRead, MAX_IN_FLIGHT * 2);
      this.#lastRead = this.#fresh.at(-1)?.id ?? this.#lastRead;
    }
    return this.#fresh.shift();
  }

  #start(delivery: Delivery): void {
    const delayMs = delivery.nextAttemptAt - this.#context.clock();
    if (delayMs > 0) {
      this.#retryAfter(delivery.id, delayMs);
      return;
    }
    this.#inFlight++;
    void this.#attempt(delivery)
      .catch((error: unknown) => {
        // Only the store can fail here; unless the twin is stopping, the delivery is tried again.
        if (!this.#closed) this.#retryAfter(delivery.id, retryDelayMs(1));
        if (!this.#closed) console.error(`delivery ${delivery.id} could not be recorded`, error);
      })
      .finally(() => {
        this.#inFlight--;
        this.wake();
      });
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { deliver, commits, store } = this.#context;
    try {
      await deliver(this.#target.arn, delivery.payload, this.#target);
    } catch (reason) {
      await this.#failed(delivery, reason);
      return;
    }
    await commits.run(() => store.delete(delivery.id));
  }

  async #failed(delivery: Delivery, reason: unknown): Promise<void> {
    const { commits, store, clock } = this.#context;
    const attempts = delivery.attempts + 1;
    const exhausted = exhaustedBy(this.#target, delivery, attempts, clock());
    if (exhausted && (await this.#giveUp(delivery, exhausted, attempts, reason))) return;
    const delayMs = retryDelayMs(attempts);
    await commits.run(() => store.retryAt(delivery.id, attempts, clock() + delayMs));
    this.#retryAfter(delivery.id, delayMs);
  }

  /** False if the dead letter queue did not take the event either. */
  async #giveUp(
    delivery: Delivery,
    exhausted: DeliveryFailure['exhausted'],
    attempts: number,
    reason: unknown,
  ): Promise<boolean> {
    const { deliver, commits, store, dropped } = this.#context;
    const failure = deliveryFailure(this.#ruleArn, this.#target, exhausted, attempts, reason);
    const { deadLetterArn } = this.#target;
    if (deadLetterArn === undefined) dropped(failure);
    else {
      try {
        await deliver(deadLetterArn, delivery.payload, this.#target, failure);
      } catch {
        return false;
      }
    }
    await commits.run(() => store.delete(delivery.id));
    return true;
  }

  #retryAfter(id: number, delayMs: number): void {
    if (this.#closed) return;
    const timer = setTimeout(
      () => {
        this.#retries.delete(id);
        const delivery = this.#context.store.byId(id);
        if (delivery) this.#start(delivery);
      },
      Math.min(Math.max(delayMs, 1), LONGEST_TIMER_MS),
    );
    this.#retries.set(id, timer);
  }
}
