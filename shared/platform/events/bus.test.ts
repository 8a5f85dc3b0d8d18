import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { publish } from './bus.ts';

const client = mockClient(EventBridgeClient);
const calls = () => client.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries ?? []);
const message = (n: number, data: object = {}) => ({
  id: `e${n}`,
  type: 'OrderCaptured.v1',
  time: '2026-11-22T09:30:00.000Z',
  subject: 'ord_1',
  version: n,
  actor: 'test',
  data,
});
const messages = (count: number) => Array.from({ length: count }, (_, n) => message(n));

beforeEach(() => {
  client.reset();
  client.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  process.env['EVENT_BUS'] = 'crossdock';
});

describe('the bus', () => {
  it('gets each event as it is, ten to a call', async () => {
    await publish(messages(23));
    expect(calls().map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(calls()[0]?.[0]).toEqual({
      EventBusName: 'crossdock',
      Source: 'crossdock',
      DetailType: 'OrderCaptured.v1',
      Time: new Date('2026-11-22T09:30:00.000Z'),
      Detail: JSON.stringify(message(0)),
    });
  });

  it('gets nothing when nothing happened', async () => {
    await publish([]);
    expect(calls()).toEqual([]);
  });

  it('gets no more to a call than a megabyte', async () => {
    const large = message(1, { note: 'é'.repeat(200_000) });
    await publish([large, large, large]);
    expect(calls().map((entries) => entries.length)).toEqual([2, 1]);
  });

  it('that takes only some of them is an error, so that the batch comes again', async () => {
    client.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }],
    });
    await expect(publish(messages(2))).rejects.toThrow(
      '1 events were not taken by the bus: ThrottlingException Rate exceeded',
    );
  });

  it('that fails in the second call is an error too, and the third is not made', async () => {
    client
      .on(PutEventsCommand)
      .resolvesOnce({ FailedEntryCount: 0 })
      .resolvesOnce({ FailedEntryCount: 10, Entries: [{ ErrorCode: 'InternalFailure' }] });
    await expect(publish(messages(30))).rejects.toThrow('InternalFailure');
    expect(calls()).toHaveLength(2);
  });

  it('without a name is a broken function', async () => {
    delete process.env['EVENT_BUS'];
    await expect(publish(messages(1))).rejects.toThrow('EVENT_BUS');
  });
});
