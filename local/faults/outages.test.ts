import { expect, it } from 'vitest';
import { Outages } from './outages.ts';

it('refuses every call that names a table which is down, however it names it, and no other', () => {
  const outages = new Outages({ seesTables: true });
  const end = outages.begin('table:stock');
  const calls = [
    { TableName: 'stock' },
    { TransactItems: [{ Put: { TableName: 'orders' } }, { Update: { TableName: 'stock' } }] },
    { RequestItems: { stock: { Keys: [] } } },
  ];
  for (const call of calls)
    expect(() => outages.checkCall('DynamoDB_20120810', call)).toThrow(
      expect.objectContaining({ code: 'InternalServerError', status: 500 }),
    );
  outages.checkCall('DynamoDB_20120810', { TableName: 'orders' });
  end();
  for (const call of calls) outages.checkCall('DynamoDB_20120810', call);
  expect(outages.refusals('table:stock')).toBe(3);
});

it('is over for a part when all its outages are', () => {
  const outages = new Outages({ seesTables: false });
  const ends = [outages.begin('service:AWSEvents'), outages.begin('service:AWSEvents')];
  ends[0]?.();
  expect(() => outages.checkCall('AWSEvents', { Entries: [] })).toThrow('service:AWSEvents is down');
  ends[1]?.();
  outages.checkCall('AWSEvents', { Entries: [] });
});

it('fails the invocations of a function, as a function fails', () => {
  const outages = new Outages({ seesTables: false });
  expect(() => outages.begin('table:stock')).toThrow('start the twin with enforceIam');
  const end = outages.begin('function:map');
  expect(outages.failureOf('map')).toMatchObject({ functionError: 'Unhandled' });
  expect(outages.failureOf('other')).toBeUndefined();
  end();
  expect(outages.failureOf('map')).toBeUndefined();
});
