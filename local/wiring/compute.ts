import path from 'node:path';
import { AsyncInvocations } from '../lambda/async-invocations.ts';
import { environmentOf } from '../lambda/environment.ts';
import { type FunctionConfig, functionConfigOf } from '../lambda/function-config.ts';
import { LogFiles } from '../lambda/log-files.ts';
import { FunctionPool } from '../lambda/pool.ts';
import { createSqs, type Sqs } from '../sqs/sqs.ts';
import { type TwinOptions } from '../twin-options.ts';
import { answeringFunctions } from './answering.ts';
import { asyncPolicies } from './async-policies.ts';
import { type Foundation, ofType } from './foundation.ts';
import { queueDefinitionOf } from './queues.ts';
import { type Shutdown } from './shutdown.ts';

/** Functions, their event queue, and the queues of the app. */
export interface Compute {
  readonly functions: readonly FunctionConfig[];
  readonly pool: FunctionPool;
  readonly events: AsyncInvocations;
  readonly sqs: Sqs;
}

/** Starts the hosts of the functions and opens the queues. */
export function buildCompute(foundation: Foundation, options: TwinOptions, shutdown: Shutdown): Compute {
  const { resources, db, account } = foundation;
  const functions = ofType(resources, 'AWS::Lambda::Function').map(functionConfigOf);
  const pool = startPool(functions, foundation, options, shutdown);
  const sqs = createSqs({ db, baseUrl: account.awsUrl, accountId: account.accountId, region: account.region });
  shutdown.add(sqs, (open) => open.close());
  for (const queue of ofType(resources, 'AWS::SQS::Queue')) sqs.define(queueDefinitionOf(queue));
  const events = new AsyncInvocations({
    db,
    invoke: (name, payload, signal) => pool.invoke(name, payload, signal),
    policyOf: asyncPolicies(functions, ofType(resources, 'AWS::Lambda::EventInvokeConfig')),
    sendToQueue: (arn, body) => sqs.send(arn, body),
  });
  shutdown.add(events, (open) => open.close());
  return { functions, pool, events, sqs };
}

function startPool(
  functions: readonly FunctionConfig[],
  { account, aws, dynamoDb, dynamoDbUrl, outages, resources }: Foundation,
  { lambdaHeapMb, lambdaProcesses = 1, answersApart = false, dataDir, log = defaultLog }: TwinOptions,
  shutdown: Shutdown,
): FunctionPool {
  const logs = shutdown.add(new LogFiles(path.join(dataDir, 'logs'), log), (open) => open.close());
  const surroundings = { region: account.region, awsUrl: aws.url, dynamoDbUrl };
  const pool = new FunctionPool({
    functions,
    environmentOf: (config) => environmentOf(config, surroundings),
    processes: lambdaProcesses,
    ...(answersApart && { apart: answeringFunctions(resources) }),
    failureOf: (name) => outages.failureOf(name),
    ...(lambdaHeapMb !== undefined && { heapMb: lambdaHeapMb }),
    onLogs: (entries) => logs.write(entries),
    onHostExit: (status) => log(`A function host ended (${status}) and is replaced`),
  });
  if (dynamoDb.pid !== undefined) pool.watchOver([dynamoDb.pid]);
  return shutdown.add(pool, (open) => open.close());
}

function defaultLog(line: string): void {
  console.error(line);
}
