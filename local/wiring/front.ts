import path from 'node:path';
import { httpApiConfigOf } from '../api-gateway/config.ts';
import { createHttpApi } from '../api-gateway/http-api.ts';
import { createEndpoint } from '../endpoint.ts';
import { type AccessGuard } from '../iam/access-guard.ts';
import { CallCounter } from '../iam/usage.ts';
import { ObjectStore } from '../s3/object-store.ts';
import { S3Service } from '../s3/s3-service.ts';
import { type Scheduler } from '../scheduler/scheduler.ts';
import { type TwinOptions } from '../twin-options.ts';
import { createGuard } from './callers.ts';
import { type Compute } from './compute.ts';
import { type Foundation, ofType } from './foundation.ts';
import { type Messaging } from './messaging.ts';

/** What the two ports serve. */
export interface Front {
  readonly guard: AccessGuard;
  readonly counter: CallCounter;
  /** Requests to the HTTP API since the last reset. */
  readonly requests: { count: number };
}

/** What stands behind the AWS endpoint. */
export interface Services {
  readonly compute: Compute;
  readonly messaging: Messaging;
  readonly scheduler: Scheduler;
}

/** Serves the AWS endpoint, with rights checked and calls counted. */
export function openEndpoint(
  foundation: Foundation,
  { compute, messaging, scheduler }: Services,
  options: TwinOptions,
): Front {
  const { account, aws, resources, outages } = foundation;
  const guard = createGuard(foundation, compute.functions);
  const counter = new CallCounter();
  const { services } = messaging;
  const counting = options.countCalls === true ? { counter } : {};
  const s3 = new S3Service({
    store: new ObjectStore(path.join(options.dataDir, 'objects')),
    buckets: new Set(ofType(resources, 'AWS::S3::Bucket').map(({ name }) => name)),
    guard,
  });
  aws.serve(
    createEndpoint({ services, lambda: compute, scheduler, s3, guard, outages, locality: account, ...counting }),
  );
  return { guard, counter, requests: { count: 0 } };
}

/** Serves the HTTP API, if the app has one. */
export function openHttpApi({ resources, account, api }: Foundation, { pool }: Compute, { requests }: Front): void {
  const config = httpApiConfigOf(resources);
  if (!config) return;
  const { accountId, region } = account;
  const listener = createHttpApi({
    config,
    accountId,
    region,
    invoke: (name, payload, signal) => pool.invoke(name, payload, signal),
  });
  api.serve((request, response) => {
    requests.count++;
    listener(request, response);
  });
}
