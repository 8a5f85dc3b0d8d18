import { describe, expect, it } from 'vitest';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { channelOf } from '../../fixtures/world.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { map } from './map.ts';
import { ebayOrder } from './payload.ts';

const channel = channelOf({ channelId: 'ebay-real', type: 'ebay' });
const files = inputsIn('ebay/orders-redacted');

describe.skipIf(!inputsPresent)('real eBay payloads (skipped where they are not beside the repository)', () => {
  it.each(files.filter((file) => file.includes('getOrder')))(
    '%s: total to the minor unit, ids to the digit',
    async (file) => {
      const text = inputBytes(file).toString();
      const theirs = ebayOrder.parse(JSON.parse(text));
      const snapshot = await canonical(channel, map(Buffer.from(text), { topic: 'order' }));
      expect(totalOf(snapshot)).toBe(snapshot.order.channelTotal?.amount);
      expect(snapshot.order.externalId).toBe(theirs.orderId);
      expect(snapshot.order.lines.map(({ externalLineId }) => externalLineId)).toEqual(
        theirs.lineItems.map(({ lineItemId }) => lineItemId),
      );
      expect(snapshot.asOf).toBe(theirs.lastModifiedDate);
      expect(snapshot.order.payments[0]?.amount).toEqual(snapshot.order.channelTotal);
    },
  );

  it.each(files.filter((file) => file.includes('notification')))('%s: names an order, and is none', (file) => {
    expect(map(inputBytes(file), { topic: 'ORDER_CONFIRMATION' })).toMatchObject({ kind: 'ignored' });
  });
});
