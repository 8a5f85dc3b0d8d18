import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { type JsonObject } from '../aws-service.ts';
import { serveForTest, testClientConfig } from '../sqs/test-endpoint.ts';
import { openDatabase } from '../sqs/test-queues.ts';
import { createEventBridge, type EventBridge, type EventBridgeOptions } from './event-bridge.ts';
import { type DeliveryFailure, type RuleDefinition } from './rule.ts';

const arn = (resource: string): string => `arn:aws:events:us-east-1:000000000000:${resource}`;
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:orders';
const DEAD = 'arn:aws:sqs:us-east-1:000000000000:dead';
const opened: EventBridge[] = [];

interface Delivered {
  readonly arn: string;
  readonly payload: string;
  readonly failure?: DeliveryFailure;
}

function open(overrides: Partial<EventBridgeOptions> = {}): { bridge: EventBridge; delivered: Delivered[] } {
  const delivered: Delivered[] = [];
  const deliver: EventBridgeOptions['deliver'] = (to, payload, _target, failure) => {
    delivered.push({ arn: to, payload, failure });
    return Promise.resolve();
  };
  const base = { db: openDatabase(), accountId: '000000000000', region: 'us-east-1', deliver };
  const bridge = createEventBridge({ ...base, ...overrides });
  opened.push(bridge);
  bridge.defineBus({ name: 'oms', arn: arn('event-bus/oms') });
  return { bridge, delivered };
}

function rule(overrides: Partial<RuleDefinition> = {}): RuleDefinition {
  return {
    name: 'orders',
    arn: arn('rule/oms/orders'),
    busArn: arn('event-bus/oms'),
    pattern: { source: ['oms'] },
    state: 'ENABLED',
    targets: [{ id: 'queue', arn: QUEUE }],
    ...overrides,
  };
}

const created = { source: 'oms', detailType: 'OrderCreated', detail: { orderId: 'o-1', total: 5 } };

afterEach(() => {
  for (const bridge of opened.splice(0)) bridge.close();
});

describe('rules', () => {
  it('delivers the envelope of EventBridge to every target of every matching rule', async () => {
    const { bridge, delivered } = open();
    bridge.defineRule(rule());
    bridge.defineRule(rule({ name: 'big', pattern: { detail: { total: [{ numeric: ['>', 100] }] } } }));
    bridge.defineRule(rule({ name: 'off', state: 'DISABLED' }));
    const id = await bridge.publish('oms', { ...created, timeMs: 1_800_000_000_123 });
    await eventually(() => (bridge.pending() === 0 ? true : undefined));
    expect(delivered.map((each) => each.arn)).toEqual([QUEUE]);
    expect(Object.entries(JSON.parse(delivered[0]?.payload ?? '') as JsonObject)).toEqual([
      ['version', '0'],
      ['id', id],
      ['detail-type', 'OrderCreated'],
      ['source', 'oms'],
      ['account', '000000000000'],
      ['time', '2027-01-15T08:00:00Z'],
      ['region', 'us-east-1'],
      ['resources', []],
      ['detail', created.detail],
    ]);
  });

  it('forwards from bus to bus and transforms the input', async () => {
    const { bridge, delivered } = open();
    const inputTransformer = { inputPathsMap: { id: '$.detail.orderId' }, inputTemplate: '{"order":<id>}' };
    bridge.defineRule(rule({ targets: [{ id: 'next', arn: arn('event-bus/default') }] }));
    bridge.defineRule(
      rule({ name: 'end', busArn: arn('event-bus/default'), targets: [{ id: 'q', arn: QUEUE, inputTransformer }] }),
    );
    await bridge.publish('oms', created);
    await eventually(() => delivered[0]);
    expect(delivered).toMatchObject([{ arn: QUEUE, payload: '{"order":"o-1"}' }]);
  });

  it('refuses an unknown operator when the rule is defined', () => {
    const { bridge } = open();
    expect(() => bridge.defineRule(rule({ pattern: { source: [{ starts: 'x' }] } }))).toThrow(
      'unknown operator starts',
    );
  });
});

describe('retries', () => {
  it('tries again until the target takes the event', async () => {
    let tries = 0;
    const { bridge } = open({
      deliver: () => (++tries < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()),
    });
    bridge.defineRule(rule());
    await bridge.publish('oms', created);
    await eventually(() => (bridge.pending() === 0 ? true : undefined));
    expect(tries).toBe(3);
  });

  it('gives up after the retry policy and sends the event to the dead letter queue with the reason', async () => {
    const delivered: Delivered[] = [];
    const { bridge } = open({
      deliver: (to, payload, _target, failure) => {
        delivered.push({ arn: to, payload, failure });
        return to === DEAD ? Promise.resolve() : Promise.reject(new Error('broken'));
      },
    });
    const retryPolicy = { maximumRetryAttempts: 1 };
    bridge.defineRule(rule({ targets: [{ id: 'queue', arn: QUEUE, deadLetterArn: DEAD, retryPolicy }] }));
    await bridge.publish('oms', created);
    await eventually(() => (bridge.pending() === 0 ? true : undefined));
    expect(delivered.map((each) => each.arn)).toEqual([QUEUE, QUEUE, DEAD]);
    expect(delivered[2]?.failure).toMatchObject({
      errorMessage: 'broken',
      exhausted: 'MaximumRetryAttempts',
      retryAttempts: 1,
      targetArn: QUEUE,
    });
    expect(delivered[2]?.payload).toBe(delivered[0]?.payload);
  });

  it('holds no target up because another one hangs', async () => {
    const delivered: string[] = [];
    const { bridge } = open({
      deliver: (to) => {
        if (to === DEAD) return new Promise(() => undefined);
        delivered.push(to);
        return Promise.resolve();
      },
    });
    bridge.defineRule(rule({ targets: [{ id: 'hangs', arn: DEAD }, { id: 'works', arn: QUEUE }] })); // prettier-ignore
    await Promise.all(Array.from({ length: 200 }, () => bridge.publish('oms', created)));
    await eventually(() => (delivered.length === 200 ? true : undefined));
  });
});

describe('durability', () => {
  it('delivers after a restart what was accepted and not delivered before the crash', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'bus-')), 'twin.db');
    const before = open({ db: openDatabase(file), deliver: () => new Promise(() => undefined) });
    before.bridge.defineRule(rule());
    const ids = await Promise.all(Array.from({ length: 50 }, () => before.bridge.publish('oms', created)));
    const after = open({ db: openDatabase(file) });
    expect(after.bridge.pending()).toBe(50);
    after.bridge.defineRule(rule());
    await eventually(() => (after.bridge.pending() === 0 ? true : undefined));
    const delivered = after.delivered.map((each) => (JSON.parse(each.payload) as { id: string }).id);
    expect(delivered.sort()).toEqual(ids.sort());
  });
});

describe('PutEvents over the wire', () => {
  it('answers entry by entry and refuses what is over the limits', async () => {
    const { bridge, delivered } = open();
    bridge.defineRule(rule());
    const endpoint = await serveForTest(() => bridge.service);
    const client = new EventBridgeClient(testClientConfig(endpoint.url));
    const entry = {
      Source: 'oms',
      DetailType: 'OrderCreated',
      Detail: '{"a":1}',
      EventBusName: 'oms',
      Time: new Date(0),
    };
    const put = (...Entries: object[]) => client.send(new PutEventsCommand({ Entries }));
    const answer = await put(
      entry,
      { ...entry, Detail: 'no json' },
      { ...entry, Source: '' },
      { ...entry, Source: 'aws.ec2' },
      { ...entry, EventBusName: 'missing' },
    );
    expect(answer.FailedEntryCount).toBe(4);
    expect(answer.Entries?.map((each) => each.ErrorCode ?? 'accepted')).toEqual([
      'accepted',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
    ]);
    await eventually(() => delivered[0]);
    expect(JSON.parse(delivered[0]?.payload ?? '')).toMatchObject({ time: '1970-01-01T00:00:00Z', detail: { a: 1 } });
    await expect(put(...Array.from({ length: 11 }, () => entry))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const huge = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(1024 * 1024) }) };
    await expect(put(huge)).rejects.toMatchObject({ name: 'ValidationException' });
    await endpoint.close();
  });
});
