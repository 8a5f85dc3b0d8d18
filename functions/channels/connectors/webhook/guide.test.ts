import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type NoticeFacts,
  type NoticeKind,
  noticeFacts,
  noticeKinds,
} from '../../../../shared/contracts/channels/notice.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { type ChannelCall, type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { maximumOffers, publish } from './availability.ts';
import { listings } from './listings.ts';
import { tell } from './tell.ts';

const guide = readFileSync(new URL('../../../../docs/channels.md', import.meta.url), 'utf8');
const [, from = ''] = guide.split('\n## What an endpoint of your own gets\n');
const [section = ''] = from.split('\n## ');

/** The messages of the section by their type; what stands between comment marks is for readers. */
const shown = new Map(
  [...section.matchAll(/```jsonc\n(.+?)```/gs)]
    .flatMap(([, block = '']) => block.replaceAll(/\/\*.*?\*\//g, '').split(/\n(?=\{)/))
    .map((text) => z.looseObject({ type: z.string() }).parse(JSON.parse(text)))
    .map((message) => [message.type, message] as const),
);

const at = '2026-11-22T09:30:00.000Z';
const orderId = 'ord_pys5fz2f76zmz3a2tsvs5r20er';
/** A channel as the guide has it, and what was posted to its endpoint. */
function endpoint(): { readonly to: Connection; readonly calls: ChannelCall[] } {
  const calls: ChannelCall[] = [];
  const url = 'https://shop.example.com/crossdock';
  const channel = channelOf({ channelId: 'own-shop', type: 'webhook', endpoint: { kind: 'webhook', url } });
  const call: Connection['call'] = (made) => {
    calls.push(made);
    return Promise.resolve(ok({ status: 204, headers: {}, body: Buffer.alloc(0) }));
  };
  return { to: connectionOf(channel, { signing: ['a-secret'], now: () => at, call }), calls };
}
const bodyOf = (calls: readonly ChannelCall[]): unknown => JSON.parse(calls[0]?.body ?? '');

const noticeIdOf = (kind: NoticeKind) => `${orderId}-${kind}${kind === 'acknowledged' ? '' : '-f1'}`;

async function told<K extends NoticeKind>(kind: K, facts: NoticeFacts[K]) {
  const { to, calls } = endpoint();
  const notice = { noticeId: noticeIdOf(kind), orderId, externalId: 'S-1001', facts, happenedAt: at, tries: 0 };
  await tell[kind]?.(notice, to);
  return calls;
}
/** What the guide says happened, as we know it: read by the contract, which takes nothing else. */
const factsIn = (kind: NoticeKind) => {
  const data = z
    .looseObject({ lines: z.array(z.looseObject({})).optional() })
    .parse(shown.get(`order.${kind}`)?.['data']);
  const { lines, channelId: _c, noticeId: _n, orderId: _o, externalId: _e, ...rest } = data;
  const ours = lines?.map(({ externalLineId: lineId, ...units }) => ({ lineId, ...units }));
  return noticeFacts[kind].strict().parse({ ...rest, ...(ours && { lines: ours }) });
};

describe('the guide shows what an endpoint gets', () => {
  it('of stock', async () => {
    const { to, calls } = endpoint();
    await publish(to, [{ sku: 'MUG-BLUE', quantity: 8, sequence: 3, ids: {} }]);
    expect(bodyOf(calls)).toEqual(shown.get('availability.changed'));
  });

  it('of listings', async () => {
    const { to, calls } = endpoint();
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    const content: ListingDraft['content'] = {
      ...{ title: 'Mug, blue', description: '<p>It holds tea.</p>', brand: 'Acme', weightGrams: 350 },
      ...{ images: ['https://shop.example.com/mug-blue.jpg'], options: { color: 'blue' }, category: 'mugs' },
      attributes: { dishwasher: true },
    };
    const price = { price: usd(1000), compareAt: usd(1200) };
    await listings.publish(to, [
      { sku: 'MUG-BLUE', parent: 'MUG', content, price, visibility: 'shown', ids: { listingId: '77' } },
      { sku: 'MUG-RED', content: { title: 'Mug, red' }, visibility: 'gone', ids: {} },
    ]);
    expect(bodyOf(calls)).toEqual(shown.get('listings.changed'));
  });

  it.each(noticeKinds)('of an order: %s', async (kind) => {
    const calls = await told(kind, factsIn(kind));
    const example = shown.get(`order.${kind}`);
    expect(example).toBeDefined();
    expect(bodyOf(calls)).toMatchObject(example ?? {});
    if ('timestamp' in (example ?? {})) expect(bodyOf(calls)).toEqual(example);
    expect(calls[0]?.headers?.['webhook-id']).toBe(noticeIdOf(kind));
  });

  it('and with which headers, and how many SKUs', async () => {
    const calls = await told('acknowledged', {});
    for (const header of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      expect(calls[0]?.headers?.[header]).toMatch(/.+/);
      expect(section).toContain(`| \`${header}\` |`);
    }
    expect(section).toContain(`**Stock**, up to ${maximumOffers} SKUs`);
    expect(section).toContain(`**Listings**, up to ${listings.batch}:`);
  });
});
