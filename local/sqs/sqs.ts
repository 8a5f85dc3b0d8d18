import { type DatabaseSync } from 'node:sqlite';
import { type AwsService } from '../aws-service.ts';
import { DurableQueues, type Queues } from './durable-queues.ts';
import { QueueRegistry } from './queue-registry.ts';
import { SqsService } from './sqs-service.ts';

/** Where the queues live and under which names they answer. */
export interface SqsOptions {
  readonly db: DatabaseSync;
  /** The twin's endpoint; queue URLs begin with it. */
  readonly baseUrl: string;
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds; for tests. */
  readonly clock?: () => number;
}

/** The queues of the twin and their wire protocol. */
export interface Sqs extends Queues {
  readonly service: AwsService;
}

/** Opens the queues kept in `db` (tables `sqs_*`); their messages survive the process. */
export function createSqs({ db, baseUrl, accountId, clock = Date.now }: SqsOptions): Sqs {
  const registry = new QueueRegistry(baseUrl, accountId);
  const queues = new DurableQueues(db, registry, clock);
  return Object.assign(queues, { service: new SqsService(queues, registry) });
}
