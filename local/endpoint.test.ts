import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../shared/testing/eventually.ts';
import { AwsError, type AwsService, type JsonObject } from './aws-service.ts';
import { createEndpoint } from './endpoint.ts';
import { AccessGuard } from './iam/access-guard.ts';
import { parseStatements } from './iam/statements.ts';
import { CallCounter } from './iam/usage.ts';
import { AsyncInvocations } from './lambda/async-invocations.ts';
import { accessKeyOf } from './lambda/environment.ts';
import { type LocalServer, openServer } from './servers.ts';
import { fixturePool } from './testing/fixture-pool.ts';

interface Seen {
  operation: string;
  input: JsonObject;
  caller: string;
}

const seen: Seen[] = [];
let answer: JsonObject = {};
const counter = new CallCounter();

const recorder = (target: string): AwsService => ({
  target,
  call: (operation, input, caller) => {
    seen.push({ operation, input, caller });
    if (answer['fail'] === true) return Promise.reject(new AwsError('QueueDoesNotExist', 'No such queue'));
    return Promise.resolve(answer);
  },
});

const allowed = parseStatements(
  {
    Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:000000000000:orders' }],
  },
  'test',
);
const guard = new AccessGuard(new Map([['capture', allowed]]));
let server: LocalServer;
let fixture: Awaited<ReturnType<typeof fixturePool>>;
let events: AsyncInvocations;
const deadLetters: string[] = [];

beforeAll(async () => {
  server = await openServer(0);
  fixture = await fixturePool();
  events = new AsyncInvocations({
    db: new DatabaseSync(':memory:'),
    invoke: (name, payload) => fixture.pool.invoke(name, payload),
    policyOf: () => ({ maximumRetryAttempts: 2, deadLetterArn: 'dlq' }),
    sendToQueue: (_arn, body) => Promise.resolve(deadLetters.push(body)),
    retryDelayMs: () => 1,
  });
  const services = ['DynamoDB_20120810', 'AmazonSQS', 'AWSEvents', 'AWSStepFunctions'].map(recorder);
  const locality = { accountId: '000000000000', region: 'us-east-1' };
  server.serve(createEndpoint({ services, lambda: { pool: fixture.pool, events }, guard, locality, counter }));
});
beforeEach(() => {
  seen.length = 0;
  answer = {};
  counter.reset();
});
afterAll(async () => {
  await events.close();
  fixture.pool.close();
  await server.close();
});

const clientOf = (caller: string) => ({
  region: 'us-east-1',
  endpoint: server.url,
  credentials: { accessKeyId: caller === '' ? 'test' : accessKeyOf(caller), secretAccessKey: 'x' },
  maxAttempts: 1,
});

describe('AWS endpoint, called by the real SDK clients', () => {
  it('dispatches by target and knows the caller', async () => {
    await new EventBridgeClient(clientOf('')).send(new PutEventsCommand({ Entries: [{ Source: 's' }] }));
    await new SFNClient(clientOf('')).send(new StartExecutionCommand({ stateMachineArn: 'm', input: '{}' }));
    await new SQSClient({ ...clientOf('capture'), md5: false }).send(
      new SendMessageCommand({ QueueUrl: `${server.url}/000000000000/orders`, MessageBody: 'hi' }),
    );
    expect(seen.map(({ operation, caller }) => [operation, caller])).toEqual([
      ['PutEvents', ''],
      ['StartExecution', ''],
      ['SendMessage', 'capture'],
    ]);
  });

  it('carries error codes', async () => {
    answer = { fail: true };
    const send = new SQSClient(clientOf('')).send(
      new SendMessageCommand({ QueueUrl: `${server.url}/0/x`, MessageBody: 'hi' }),
    );
    await expect(send).rejects.toMatchObject({ name: 'QueueDoesNotExist', message: 'No such queue' });
  });

  it('refuses and records what the role does not allow', async () => {
    const get = new DynamoDBClient(clientOf('capture')).send(new GetItemCommand({ TableName: 'orders', Key: {} }));
    await expect(get).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(seen).toEqual([]);
    const resource = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
    expect(guard.denied.at(-1)).toEqual({ caller: 'capture', action: 'dynamodb:GetItem', resource });
  });

  it('counts capacity without showing it', async () => {
    answer = { Item: { a: { S: 'b' } }, ConsumedCapacity: { CapacityUnits: 0.5 } };
    const result = await new DynamoDBClient(clientOf('')).send(new GetItemCommand({ TableName: 'orders', Key: {} }));
    expect(result.ConsumedCapacity).toBeUndefined();
    expect(seen[0]?.input['ReturnConsumedCapacity']).toBe('INDEXES');
    expect(counter.usage()).toMatchObject([
      { operation: 'GetItem', calls: 1, items: 1, readUnits: 0.5, writeUnits: 0 },
    ]);
  });

  it('leaves the capacity to those who ask for it', async () => {
    answer = { ConsumedCapacity: { CapacityUnits: 2 } };
    const input = { TableName: 'orders', Key: {}, ReturnConsumedCapacity: 'TOTAL' as const };
    const result = await new DynamoDBClient(clientOf('')).send(new GetItemCommand(input));
    expect(result.ConsumedCapacity?.CapacityUnits).toBe(2);
  });
});

describe('Lambda REST', () => {
  const invoke = async (how: string, InvocationType: 'RequestResponse' | 'Event' | 'DryRun' = 'RequestResponse') => {
    const FunctionName = fixture.name('MisbehaveOne');
    const command = new InvokeCommand({ FunctionName, InvocationType, Payload: JSON.stringify({ how }) });
    return new LambdaClient(clientOf('')).send(command);
  };

  it('answers a result', async () => {
    const { StatusCode, Payload, FunctionError } = await invoke('log');
    expect([StatusCode, FunctionError, Payload && Buffer.from(Payload).toString()]).toEqual([200, undefined, 'null']);
  });

  it('answers a function error', async () => {
    const { FunctionError, Payload } = await invoke('throw');
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({ errorType: 'TypeError' });
  });

  it('accepts an event, tries it three times and buries it', async () => {
    expect((await invoke('throw', 'Event')).StatusCode).toBe(202);
    expect(JSON.parse(await eventually(() => deadLetters[0]))).toEqual({ how: 'throw' });
    const runs = fixture.pool.statistics
      .usage()
      .find(({ functionName }) => functionName === fixture.name('MisbehaveOne'));
    expect(runs?.invocations).toBeGreaterThanOrEqual(4);
    await eventually(() => (events.pending === 0 ? true : undefined));
  });

  it('names a function that is not there', async () => {
    const send = new LambdaClient(clientOf('')).send(new InvokeCommand({ FunctionName: 'nobody' }));
    await expect(send).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
