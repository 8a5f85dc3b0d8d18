import { describe, expect, it } from 'vitest';
import { channelOrderChange } from '../../../shared/contracts/channels/channel-order.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { now } from '../fixtures/now.ts';
import { channelOf, worldOf } from '../fixtures/world.ts';
import { mergeInto } from './merge-order.ts';

const message: InboxMessage = {
  inboxId: 'in_1',
  channelId: 'partner',
  deliveryId: 'd1',
  topic: 'orders',
  receivedAt: now,
  body: Buffer.alloc(0),
  state: 'RECEIVED',
  version: 1,
  updatedAt: now,
  events: [],
};

/** A cancellation of two hundred lines with long ids: some 60 KB. */
const longChange = (changeId: string) =>
  channelOrderChange.parse({
    kind: 'cancel',
    externalId: 'P-1',
    changeId,
    lines: Array.from({ length: 200 }, (_, line) => ({ externalLineId: `${line}`.padStart(250, 'x'), quantity: 1 })),
  });

describe('merging what a channel says of an order', () => {
  it('sets aside what makes the order larger than the store can hold, and keeps what was known', async () => {
    const { store, ports } = worldOf(channelOf({ channelId: 'partner', type: 'webhook' }));
    const outcomes: string[] = [];
    for (let change = 0; change < 8; change += 1) {
      const { outcome, changes } = await mergeInto(
        ports,
        message,
        { kind: 'change', change: longChange(`c${change}`) },
        now,
      );
      outcomes.push(outcome.kind);
      if (outcome.kind === 'quarantined') expect(outcome).toMatchObject({ code: 'too-large' });
      else expect(await store.commit(changes)).toEqual({ ok: true });
    }
    expect(outcomes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'change'));
    expect(outcomes.at(-1)).toBe('quarantined');
    const [stored] = store.all('channelOrder');
    expect(Buffer.byteLength(JSON.stringify(stored))).toBeLessThan(400 * 1024);
  });
});
