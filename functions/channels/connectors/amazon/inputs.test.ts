import { describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { orderChangeOf } from './fixtures/notifications.ts';
import { mapDocument } from './map-document.ts';

const context: Pick<MapContext, 'channel'> = { channel: channelOf({ channelId: 'amazon', type: 'amazon' }) };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), value);

/** What a sample answers, without the request that leads to it. */
function answerOf(file: string): unknown {
  const json: unknown = JSON.parse(inputBytes(file).toString());
  const body = at(json, 'response') ?? json;
  return at(body, 'payload') ?? body;
}

const samples = (folder: string, operation: string): string[] =>
  inputsIn(`amazon/${folder}`).filter((file) => file.includes(`/${operation}.200`));
/** The sample of another operation that belongs to one: of the same kind, else the first. */
const beside = (operation: string, file: string): unknown => {
  const all = samples('orders-v0', operation);
  const kind = file.includes('application-json') ? 'application-json' : 'sandbox';
  return answerOf(all.find((one) => one.includes(kind)) ?? all[0] ?? '');
};

/** Every document that the samples hold, as the connector would put it together. */
function documents(): { readonly name: string; readonly body: Buffer }[] {
  const named = (name: string, value: unknown) => ({ name, body: Buffer.from(JSON.stringify(value)) });
  const listed = (file: string, list: string, wrap: (one: unknown) => unknown) => {
    const all = at(answerOf(file), list);
    return Array.isArray(all) ? all.map((one, index) => named(`${file} [${index}]`, wrap(one))) : [];
  };
  const v0 = (file: string) => (order: unknown) => ({
    order,
    items: at(beside('getOrderItems', file), 'OrderItems'),
    address: beside('getOrderAddress', file),
    buyerInfo: beside('getOrderBuyerInfo', file),
  });
  return [
    ...samples('orders-2026-01-01', 'getOrder').map((file) => named(file, answerOf(file))),
    ...samples('orders-2026-01-01', 'searchOrders').flatMap((file) => listed(file, 'orders', (order) => ({ order }))),
    ...samples('orders-v0', 'getOrder').map((file) => named(file, v0(file)(answerOf(file)))),
    ...samples('orders-v0', 'getOrders').flatMap((file) => listed(file, 'Orders', v0(file))),
    ...samples('vendor-orders', 'getPurchaseOrders').flatMap((file) => listed(file, 'orders', (order) => order)),
    ...inputsIn('amazon/notifications').map((file) => ({ name: file, body: inputBytes(file) })),
    ...[...samples('external-fulfillment', 'getShipment'), ...samples('external-fulfillment', 'getReturn')].map(
      (file) => named(file, answerOf(file)),
    ),
  ];
}

/** Samples that contradict themselves (hundredths of a yen, items in another currency than their order), or are no whole order. */
const quarantined: readonly (readonly [part: string, code: string])[] = [
  ['orders-v0/getOrder.200.application-json', 'amount'],
  ['orders-v0/getOrders.200.application-json', 'amount'],
  ['orders-v0/getOrder.200.sandbox1', 'amount'],
  ['vendor-orders/getPurchaseOrders.200.sandbox1', 'not-as-documented'],
];
describe.skipIf(!inputsPresent)('every sample of Amazon (skipped where the samples are not)', () => {
  const all = inputsPresent ? documents() : [];

  it('is there', () => {
    expect(all.length).toBeGreaterThan(25);
  });

  it.each(all)('$name has its outcome', async ({ name, body }) => {
    const outcome: Mapped = mapDocument(body, context);
    const set = quarantined.find(([part]) => name.includes(part));
    const expected = set
      ? { kind: 'quarantined', code: set[1] }
      : name.includes('/OrderChange')
        ? { kind: 'change', change: { kind: 'cancel-request' } }
        : { kind: /\/(notifications|external-fulfillment)\//.test(name) ? 'ignored' : 'order' };
    expect(outcome).toMatchObject(expected);
    if (outcome.kind !== 'order') return;
    const snapshot = await canonical(context.channel, outcome);
    const { channelTotal, total } = snapshot.order;
    if (snapshot.state !== 'pending') expect(totalOf(snapshot)).toBe((channelTotal ?? total)?.amount);
  });

  it('of ORDER_CHANGE has a schema that our own notifications keep', () => {
    const schema: unknown = JSON.parse(inputBytes('amazon/schemas/OrderChangeNotification.json').toString());
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema as object);
    for (const how of [{}, { status: 'Canceled' }, { asksToCancel: true }])
      expect([validate(orderChangeOf('114-5550001-7770001', how)), validate.errors]).toEqual([true, null]);
    expect(validate({ ...orderChangeOf('1'), Payload: {} })).toBe(false);
  });
});
