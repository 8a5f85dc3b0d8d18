import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventContracts, orderStoryEvents } from '../../shared/contracts/catalog.ts';
import { alarmsOf, functionsOf, mappingsOf, queuesOf, rulesOf } from './read.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize('dev');
const queues = queuesOf(app);
const alarms = alarmsOf(app);
const rules = rulesOf(app);
const functions = functionsOf(app);
const mappings = mappingsOf(app);
const consumers = mappings.filter(({ EventSourceArn }) => EventSourceArn.includes(':sqs:'));
const streams = mappings.filter(({ EventSourceArn }) => EventSourceArn.includes('/stream/'));

const isAlarmed = (queueName: string | undefined, metric: string): boolean =>
  alarms.some(
    ({ MetricName, Dimensions }) => MetricName === metric && Dimensions.some(({ Value }) => Value === queueName),
  );

it('has consumers and streams', () => {
  expect(consumers.length).toBeGreaterThanOrEqual(8);
  expect(streams.length).toBeGreaterThanOrEqual(4);
});

/** Queues that a partner's account sends to, where the bus sends to all others. */
const partners: Readonly<Record<string, string>> = {
  'crossdock-dev-channels-take-amazon-notification': '437568002678',
};
/** Queues that functions of ours send to, by their own rights. */
const ours = ['crossdock-dev-channels-work-lane'];
const fed = consumers.filter(({ FunctionName }) => !(FunctionName in partners) && !ours.includes(FunctionName));

describe.each(consumers.map((one) => [one.FunctionName, one] as const))('the consumer %s', (name, mapping) => {
  const queue = queues.get(mapping.EventSourceArn);
  const deadLetters = queues.get(queue?.RedrivePolicy?.deadLetterTargetArn ?? '');

  it('has a dead-letter queue, and both alarm', () => {
    expect(isAlarmed(deadLetters?.QueueName, 'ApproximateNumberOfMessagesVisible')).toBe(true);
    expect(isAlarmed(queue?.QueueName, 'ApproximateAgeOfOldestMessage')).toBe(true);
  });

  it('brings back only what failed, not while it is still worked on, and within half an hour', () => {
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const timeout = functions.find(({ FunctionName }) => FunctionName === name)?.Timeout ?? Infinity;
    expect(queue?.VisibilityTimeout).toBeGreaterThanOrEqual(timeout + Math.min(5 * timeout, 300));
    expect(queue?.VisibilityTimeout).toBeLessThanOrEqual(1800);
  });
});

describe.each(fed.map((one) => [one.FunctionName, one] as const))('the consumer of events %s', (_name, mapping) => {
  it('has rules whose undelivered events go to the same dead letters', () => {
    const own = rules.filter(({ queueArn }) => queueArn === mapping.EventSourceArn);
    expect(own.length).toBeGreaterThan(0);
    const dead = queues.get(mapping.EventSourceArn)?.RedrivePolicy?.deadLetterTargetArn;
    for (const { deadLetterArn } of own) expect(deadLetterArn).toBe(dead);
  });
});

it.each(Object.entries(partners))('lets the account of its partner send to %s, and nobody else', (name, account) => {
  const policies = app
    .of('AWS::SQS::QueuePolicy')
    .filter(({ properties }) => JSON.stringify(properties['Queues']).includes(`${name}"`))
    .map(({ properties }) => properties['PolicyDocument'] as { Statement: { Effect: string }[] });
  const allowed = policies.flatMap(({ Statement }) => Statement.filter(({ Effect }) => Effect === 'Allow'));
  expect(allowed).toMatchObject([
    {
      Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
      Principal: { AWS: expect.stringContaining(`:iam::${account}:root`) as string },
      Resource: consumers.find(({ FunctionName }) => FunctionName === name)?.EventSourceArn,
    },
  ]);
});

it.each(ours)('lets nobody send to %s but functions with a right of their own', (name) => {
  const policies = app
    .of('AWS::SQS::QueuePolicy')
    .filter(({ properties }) => JSON.stringify(properties['Queues']).includes(`${name}"`))
    .map(({ properties }) => properties['PolicyDocument'] as { Statement: { Effect: string }[] });
  expect(policies.flatMap(({ Statement }) => Statement.filter(({ Effect }) => Effect === 'Allow'))).toEqual([]);
});

describe.each(streams.map((one) => [one.FunctionName, one] as const))('the stream consumer %s', (_name, mapping) => {
  it('halves a failing batch, and sets aside what fails for long with an alarm', () => {
    expect(mapping).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(mapping.MaximumRetryAttempts).toBeGreaterThan(10);
    const setAside = queues.get(mapping.DestinationConfig?.OnFailure.Destination ?? '');
    expect(isAlarmed(setAside?.QueueName, 'ApproximateNumberOfMessagesVisible')).toBe(true);
  });

  it('filters before it is invoked', () => {
    expect(mapping.FilterCriteria?.Filters.length).toBeGreaterThan(0);
    expect(mapping.FilterCriteria?.Filters.length).toBeLessThanOrEqual(5);
  });
});

describe('subscriptions', () => {
  it.each(rules.map(({ pattern }) => [pattern['detail-type'].join(), pattern] as const))(
    'of %s is its contract’s pattern',
    (type, pattern) => {
      const contract = eventContracts.find((one) => one.type === type);
      const { detail: _filter, ...own } = pattern;
      expect(own).toEqual(contract?.pattern);
    },
  );

  it('tells an order’s timeline the events of its story that come from elsewhere', () => {
    const timeline = [...queues].find(([, { QueueName }]) => QueueName === 'crossdock-dev-orders-record-timeline')?.[0];
    const types = rules
      .filter(({ queueArn }) => queueArn === timeline)
      .flatMap(({ pattern }) => pattern['detail-type']);
    // What items of the table orders carry, their publisher keeps itself.
    const elsewhere = orderStoryEvents.filter(({ capability }) => ['supply', 'channels'].includes(capability));
    expect(new Set(types)).toEqual(new Set(elsewhere.map(({ type }) => type)));
  });

  it('filters on fields that the event has', () => {
    for (const { pattern } of rules) {
      const { data = {} } = (pattern['detail'] ?? {}) as { data?: Record<string, unknown> };
      const contract = eventContracts.find(({ type }) => type === pattern['detail-type'][0]);
      const { properties } = z.toJSONSchema(contract?.data ?? z.never(), { io: 'input' });
      for (const field of Object.keys(data)) expect(properties).toHaveProperty(field);
    }
  });
});
