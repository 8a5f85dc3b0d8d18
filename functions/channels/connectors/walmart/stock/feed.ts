import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import {
  type Acknowledgements,
  type AvailabilityConnector,
  type Offer,
} from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { acknowledgeAll } from '../../kit/acknowledge.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { type WalmartCall, callWalmart } from '../api.ts';
import { readAnswer, wordsOf } from '../errors.ts';
import { each, nodeQuery } from './inventory.ts';

type Feed = NonNullable<AvailabilityConnector['feed']>;

/** The most items that Walmart shows of a feed at once. */
const pageSize = 50;

/**
 * Many SKUs in a file that Walmart works through within half an hour: `inventory` (version 1.4) for one ship node, `MP_INVENTORY` (1.5) for several.
 * Ten feeds an hour. Source: https://developer.walmart.com/us-marketplace/docs/bulk-inventory-update-feeds
 */
export const submit: Feed['submit'] = async (connection, offers) => {
  const answer = await callWalmart(connection, feedOf(connection, offers));
  if (!answer.ok) return answer;
  if (answer.value.status === 200 || answer.value.status === 202) return readAnswer(answer.value, feedId, 'submitFeed');
  return refuse(
    'provider-unavailable',
    `Walmart did not take a feed of ${offers.length} SKUs (${answer.value.status}: ${wordsOf(answer.value)}). It is tried again.`,
  );
};

/** What Walmart gives for a feed. */
export const feedId = z.looseObject({ feedId: z.string().min(1) });

/** The call that submits a feed. */
export function feedOf(connection: Connection, offers: readonly Offer[]): WalmartCall {
  const call = { operation: 'submitFeed', method: 'POST' } as const;
  if (connection.channel.stockByLocation === true)
    return { ...call, path: '/v3/feeds?feedType=MP_INVENTORY', file: byNode(offers) };
  const node = nodeQuery(connection);
  return {
    ...call,
    path: `/v3/feeds?feedType=inventory${node === '' ? '' : `&${node}`}`,
    file: {
      InventoryHeader: { version: '1.4' },
      Inventory: offers.map((offer) => ({ sku: sellerSku(offer), quantity: each(offer.quantity) })),
    },
  };
}

/** Walmart's own example of 1.5 begins its names in lower case, that of 1.4 in upper case. */
const byNode = (offers: readonly Offer[]) => ({
  inventoryHeader: { version: '1.5' },
  inventory: offers.map((offer) => ({
    sku: sellerSku(offer),
    shipNodes: Object.entries(offer.locations ?? {}).map(([shipNode, units]) => ({ shipNode, quantity: each(units) })),
  })),
});

const ingestionErrors = z
  .looseObject({
    ingestionError: z.array(z.looseObject({ code: z.string().nullish(), description: z.string().nullish() })).nullish(),
  })
  .nullish();
const status = z.looseObject({
  feedStatus: z.string(),
  itemsReceived: z.number(),
  itemsFailed: z.number(),
  ingestionErrors,
  itemDetails: z
    .looseObject({
      itemIngestionStatus: z
        .array(z.looseObject({ sku: z.string().nullish(), ingestionStatus: z.string().nullish(), ingestionErrors }))
        .nullish(),
    })
    .nullish(),
});
type Status = z.infer<typeof status>;
/** What Walmart says of one item of a feed. */
export type FeedItem = NonNullable<NonNullable<Status['itemDetails']>['itemIngestionStatus']>[number];

/** What came of a feed. */
export const outcome: Feed['outcome'] = async (connection, feedId, offers) => {
  const pages = await feedPages(connection, feedId);
  if (!pages.ok) return pages;
  if (pages.value === 'pending') return ok('pending');
  const { failed, unreadable } = pages.value;
  if (unreadable === undefined) return ok(refusalsOf(failed, offers));
  return ok(acknowledgeAll(offers, refuse('provider-unavailable', `${unreadable} It is told again.`)));
};

/** What failed of a feed, or why Walmart could not read it at all: read page by page, but only where something of it failed. */
export async function feedPages(
  connection: Connection,
  feedId: string,
): Promise<Result<'pending' | { readonly failed: readonly FeedItem[]; readonly unreadable?: string }>> {
  const failed: FeedItem[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const page = await pageOf(connection, feedId, offset);
    if (!page.ok) return page;
    const { feedStatus, itemsReceived, itemsFailed, ingestionErrors: errors } = page.value;
    if (feedStatus === 'ERROR')
      return ok({ failed, unreadable: `Walmart could not work feed ${feedId} through (${said(errors)}).` });
    if (feedStatus !== 'PROCESSED') return ok('pending');
    const items = page.value.itemDetails?.itemIngestionStatus ?? [];
    failed.push(...items.filter(({ ingestionStatus }) => ingestionStatus !== 'SUCCESS'));
    if (failed.length >= itemsFailed || offset + pageSize >= itemsReceived) return ok({ failed });
  }
}

async function pageOf(connection: Connection, feedId: string, offset: number): Promise<Result<Status>> {
  const path = `/v3/feeds/${encodeURIComponent(feedId)}?includeDetails=true&offset=${offset}&limit=${pageSize}`;
  const answer = await callWalmart(connection, { operation: 'readFeed', path });
  return answer.ok ? readAnswer(answer.value, status, 'readFeed') : answer;
}

/** Walmart's words for what went wrong. */
export const said = (errors: z.infer<typeof ingestionErrors>): string =>
  (errors?.ingestionError ?? [])
    .map(({ code, description }) => description ?? code ?? '')
    .join(' ')
    .slice(0, 300) || 'without words';

/** `DATA_ERROR` is Walmart's final word on a SKU; an error of its own or a time that ran out is not. */
function refusalsOf(failed: readonly FeedItem[], offers: readonly Pick<Offer, 'sku' | 'ids'>[]): Acknowledgements {
  const byTheirs = new Map(offers.map((offer) => [sellerSku(offer), offer.sku]));
  return new Map(
    failed.flatMap(({ sku, ingestionStatus, ingestionErrors: errors }) => {
      const ours = byTheirs.get(sku ?? '');
      if (ours === undefined) return [];
      const isFinal = ingestionStatus === 'DATA_ERROR';
      const detail = `Walmart did not take the stock of ${sku ?? ''} (${said(errors)}).`;
      const answer = isFinal
        ? refuse('invalid-request', `${detail} Look whether the SKU is listed at Walmart, and put its listing again.`)
        : refuse('provider-unavailable', `${detail} It is told again.`);
      return [[ours, answer] as const];
    }),
  );
}
