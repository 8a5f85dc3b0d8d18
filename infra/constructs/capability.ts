import { Construct } from 'constructs';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import { type TaskContract } from '../../shared/contracts/define-task.ts';
import { type TableName } from '../../shared/model/entities.ts';
import { isApi, isTask, type NamesOf } from '../contracts.ts';
import { type Foundation } from '../foundation.ts';
import { ApiFunction } from './api-function.ts';
import { type SecretAccess } from './channel-secrets.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';
import { type Access } from './domain-table.ts';
import { EventConsumer, type EventConsumerProps } from './event-consumer.ts';
import { OwnQueue, type OwnQueueProps } from './own-queue.ts';
import { QueueConsumer, type QueueConsumerProps } from './queue-consumer.ts';
import { ScheduledFunction, type ScheduledFunctionProps } from './scheduled-function.ts';
import { StreamConsumer, type StreamConsumerProps, StreamPublisher } from './stream-consumer.ts';
import { TaskFunction } from './task-function.ts';

/** What a function may do with which tables, and with the credentials of channels. What is not named, it may not. */
export type Rights = Readonly<Partial<Record<TableName, Access | readonly Access[]>>> & {
  readonly credentials?: SecretAccess;
  /** The queue of ours that it sends to. */
  readonly sendsTo?: OwnQueue;
};
/** Rights and, where it needs more than most, the size of a route's or task's function. */
type Needs = Rights & { readonly size?: FunctionSize };
type Named<T extends { capability: string; foundation: unknown }> = Omit<T, 'capability' | 'foundation'> & {
  readonly rights?: Rights;
};

/** One capability as it is deployed: its routes, tasks, consumers and streams, each with the rights that it needs and no more. */
export abstract class Capability extends Construct {
  readonly taskFunctions: TaskFunction[] = [];
  protected readonly foundation: Foundation;
  private readonly capability: string;

  constructor(scope: Construct, capability: string, foundation: Foundation) {
    super(scope, capability);
    this.capability = capability;
    this.foundation = foundation;
  }

  /** A function for each route that the contracts declare. A contract without a line here does not compile. */
  protected routes<M extends object>(
    contracts: M,
    needs: Readonly<Record<NamesOf<M, ApiContract>, Needs>>,
  ): ApiFunction[] {
    return Object.entries<Needs>(needs).map(([name, { size, ...rights }]) => {
      const contract: unknown = (contracts as Readonly<Record<string, unknown>>)[name];
      if (!isApi(contract)) throw new Error(`${name} is no route of ${this.capability}`);
      return this.allowed(new ApiFunction(this, this.foundation, contract, size), rights);
    });
  }

  /** A function for each task that the contracts declare. */
  protected tasks<M extends object>(
    contracts: M,
    needs: Readonly<Record<NamesOf<M, TaskContract>, Needs>>,
  ): TaskFunction[] {
    const functions = Object.entries<Needs>(needs).map(([name, { size, ...rights }]) => {
      const contract: unknown = (contracts as Readonly<Record<string, unknown>>)[name];
      if (!isTask(contract)) throw new Error(`${name} is no task of ${this.capability}`);
      return this.allowed(new TaskFunction(this, this.foundation, contract, size), rights);
    });
    this.taskFunctions.push(...functions);
    return functions;
  }

  /** A consumer of events. */
  protected consumer({ rights = {}, ...props }: Named<EventConsumerProps>): EventConsumer {
    return this.allowed(new EventConsumer(this, this.placed(props)), rights);
  }

  /** A consumer of what a partner sends to a queue of its own. */
  protected queue({ rights = {}, ...props }: Named<QueueConsumerProps>): QueueConsumer {
    return this.allowed(new QueueConsumer(this, this.placed(props)), rights);
  }

  /** A consumer of what our own functions send to a queue. */
  protected ownQueue({ rights = {}, ...props }: Named<OwnQueueProps>): OwnQueue {
    return this.allowed(new OwnQueue(this, this.placed(props)), rights);
  }

  /** A function on a table's stream. */
  protected stream({ rights = {}, ...props }: Named<StreamConsumerProps>): StreamConsumer {
    return this.allowed(new StreamConsumer(this, this.placed(props)), rights);
  }

  /** A function that publishes the events that a table's items carry. */
  protected publisher({ rights = {}, ...props }: Named<StreamConsumerProps>): StreamPublisher {
    return this.allowed(new StreamPublisher(this, this.placed(props)), rights);
  }

  /** A function that a schedule invokes. */
  protected scheduled({ rights = {}, ...props }: Named<ScheduledFunctionProps>): ScheduledFunction {
    return this.allowed(new ScheduledFunction(this, this.placed(props)), rights);
  }

  /** A function that an operator invokes. */
  protected invoked({
    rights,
    ...props
  }: {
    readonly name: string;
    readonly description: string;
    readonly rights: Rights;
  }): CrossdockFunction {
    const { capability, foundation } = this;
    return this.allowed(
      new CrossdockFunction(this, props.name, { ...props, capability, house: foundation, trigger: 'invoked' }),
      rights,
    );
  }

  private placed<P extends object>(props: P) {
    return { ...props, capability: this.capability, foundation: this.foundation };
  }

  private allowed<F extends CrossdockFunction>(lambda: F, { credentials, sendsTo, ...tables }: Rights): F {
    for (const [table, access] of Object.entries(tables) as [TableName, Access | Access[]][])
      lambda.use(this.foundation.tables[table], ...[access].flat());
    if (sendsTo !== undefined) lambda.sendsTo(sendsTo);
    return credentials === undefined ? lambda : lambda.usesCredentials(credentials);
  }
}
