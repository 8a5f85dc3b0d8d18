import { type DatabaseSync } from 'node:sqlite';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { groupCommit } from '../sqs/group-commit.ts';
import { DeliveryStore } from './delivery-store.ts';
import { eventEnvelope, eventTime, type EventEntry } from './envelope.ts';
import { targetInput } from './input-transformer.ts';
import { matches } from './pattern.ts';
import {
  type BusDefinition,
  type Deliver,
  type DeliveryFailure,
  type EventTarget,
  type RuleDefinition,
} from './rule.ts';
import { type PumpContext, TargetPump } from './target-pump.ts';
import { validatePattern } from './validate-pattern.ts';

/** A bus may forward to a bus, but not in circles. */
const MAX_FORWARDS = 5;

/** What the buses need of the twin. */
export interface EventBusesOptions {
  readonly db: DatabaseSync;
  readonly accountId: string;
  readonly region: string;
  readonly deliver: Deliver;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Told of an event that was given up and has no dead letter queue. */
  readonly dropped: (failure: DeliveryFailure) => void;
}

/** Event buses with their rules. */
export interface Buses {
  /** Declares a bus; the `default` one is always there. */
  defineBus(bus: BusDefinition): void;
  /** Declares a rule or redefines it; deliveries of earlier runs to its targets go on. Throws AwsError for a bad pattern. */
  defineRule(rule: RuleDefinition): void;
  /** Publishes from inside the twin (sources `aws.*` are allowed); resolves with the event id once deliveries are on disk. */
  publish(busNameOrArn: string, entry: EventEntry): Promise<string>;
  /** Deliveries accepted and not done yet. */
  pending(): number;
  /** Stops delivering; what is pending goes on at the next start. */
  close(): void;
}

interface MatchedDelivery {
  readonly key: string;
  readonly payload: string;
}

/** Buses and rules: an accepted event becomes one stored delivery for each matching target, in one transaction. */
export class EventBuses implements Buses {
  readonly #options: EventBusesOptions;
  readonly #context: PumpContext;
  readonly #rulesByBus = new Map<string, Map<string, RuleDefinition>>();
  readonly #busArns = new Map<string, string>();
  readonly #pumps = new Map<string, TargetPump>();

  constructor(options: EventBusesOptions) {
    this.#options = options;
    const { db, deliver, clock, dropped } = options;
    this.#context = { store: new DeliveryStore(db), commits: groupCommit(db), deliver, clock, dropped };
    const { accountId, region } = options;
    this.defineBus({ name: 'default', arn: `arn:aws:events:${region}:${accountId}:event-bus/default` });
  }

  defineBus({ name, arn }: BusDefinition): void {
    this.#busArns.set(name, arn);
    if (!this.#rulesByBus.has(arn)) this.#rulesByBus.set(arn, new Map());
  }

  defineRule(rule: RuleDefinition): void {
    const problem = validatePattern(rule.pattern);
    if (problem !== undefined) throw new AwsError('InvalidEventPatternException', `rule ${rule.name}: ${problem}`);
    this.#rulesOf(rule.busArn).set(rule.name, rule);
    for (const target of rule.targets) this.#definePump(rule, target);
  }

  async publish(busNameOrArn: string, entry: EventEntry): Promise<string> {
    const now = this.#options.clock();
    const event = eventEnvelope(entry, this.#options, now);
    const matched = this.#match(this.#arnOf(busNameOrArn), event, now);
    if (matched.length > 0) await this.#accept(matched, now);
    return event.id;
  }

  pending(): number {
    return this.#context.store.pending();
  }

  close(): void {
    for (const pump of this.#pumps.values()) pump.close();
    this.#context.commits.flush();
  }

  #definePump(rule: RuleDefinition, target: EventTarget): void {
    const key = deliveryKey(rule, target);
    const pump = this.#pumps.get(key) ?? new TargetPump(key, rule.arn, target, this.#context);
    pump.redefine(rule.arn, target);
    this.#pumps.set(key, pump);
    // What an earlier run left goes on, after all definitions of this turn.
    setImmediate(() => pump.wake());
  }

  #match(busArn: string, event: JsonObject, now: number, forwards = 0): MatchedDelivery[] {
    if (forwards > MAX_FORWARDS) return [];
    return [...this.#rulesOf(busArn).values()]
      .filter((rule) => rule.state === 'ENABLED' && matches(rule.pattern, event))
      .flatMap((rule) =>
        rule.targets.flatMap((target) =>
          this.#rulesByBus.has(target.arn)
            ? this.#match(target.arn, event, now, forwards + 1)
            : [{ key: deliveryKey(rule, target), payload: targetInput(target, event, variablesOf(rule, now)) }],
        ),
      );
  }

  async #accept(matched: MatchedDelivery[], now: number): Promise<void> {
    const { commits, store } = this.#context;
    await commits.run(() => {
      for (const { key, payload } of matched) store.insert(key, payload, now);
    });
    for (const { key } of matched) this.#pumps.get(key)?.wake();
  }

  #arnOf(busNameOrArn: string): string {
    const arn = this.#busArns.get(busNameOrArn) ?? busNameOrArn;
    if (!this.#rulesByBus.has(arn)) {
      throw new AwsError('ResourceNotFoundException', `Event bus ${busNameOrArn} does not exist.`);
    }
    return arn;
  }

  #rulesOf(busArn: string): Map<string, RuleDefinition> {
    const rules = this.#rulesByBus.get(this.#arnOf(busArn));
    if (!rules) throw new AwsError('ResourceNotFoundException', `Event bus ${busArn} does not exist.`);
    return rules;
  }
}

function deliveryKey(rule: RuleDefinition, target: EventTarget): string {
  return `${rule.busArn}|${rule.name}|${target.id}`;
}

function variablesOf(rule: RuleDefinition, now: number): Record<string, string> {
  return {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': eventTime(now),
  };
}
