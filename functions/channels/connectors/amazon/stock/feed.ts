import * as z from 'zod';
import { sha256Hex } from '../../../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import {
  type Acknowledgements,
  type AvailabilityConnector,
  type Offer,
} from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { acknowledgeAll } from '../../kit/acknowledge.ts';
import { readJson } from '../../kit/read-json.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { list, text } from '../fields.ts';
import { feedReport, submitFeed } from '../feeds.ts';
import { placeOf, quantityPatch } from './patch.ts';

type Feed = NonNullable<AvailabilityConnector['feed']>;
type Told = readonly Pick<Offer, 'sku' | 'ids'>[];

/** Many SKUs in a file that Amazon works through in minutes. Of a channel by location: `state-conflict`, as it carries one quantity a SKU. */
export const submit: Feed['submit'] = async (connection, offers) =>
  connection.channel.stockByLocation === true
    ? refuse('state-conflict', 'Amazon takes no feed of stock by location: it is told in calls.')
    : submitFeed(connection, 'JSON_LISTINGS_FEED', JSON.stringify(listingsFeed(connection, offers)));

/** The document of a feed. Source: the schema of JSON_LISTINGS_FEED, https://developer-docs.amazon.com/sp-api/docs/listings-feed-type-values */
export function listingsFeed(connection: Pick<Connection, 'channel'>, offers: readonly Offer[]) {
  const bySku = new Map(offers.map((offer) => [sellerSku(offer), offer]));
  return {
    header: { sellerId: placeOf(connection).sellerId, version: '2.0', issueLocale: 'en_US' },
    messages: [...messageIds(offers)].flatMap(([messageId, sku]) => {
      const offer = bySku.get(sku);
      return offer === undefined ? [] : [{ messageId, sku, operationType: 'PATCH', ...quantityPatch(offer.quantity) }];
    }),
  };
}

/**
 * Numbers of messages that are made of the SKUs themselves, as reports name some messages by nothing else: 31 bits of a hash, the next free one
 * where two are the same.
 */
export function messageIds(offers: Told): ReadonlyMap<number, string> {
  const ids = new Map<number, string>();
  for (const sku of offers.map(sellerSku).sort()) {
    let id = (Number.parseInt(sha256Hex(sku).slice(0, 8), 16) >>> 1) + 1;
    while (ids.has(id)) id += 1;
    ids.set(id, sku);
  }
  return ids;
}

const report = z.object({
  issues: list(
    z.object({ messageId: z.int().nullish(), sku: text, code: text, severity: z.string(), message: z.string() }),
  ),
});
type Issue = z.infer<typeof report>['issues'][number];

/** What came of a feed. A message with an error was not taken; an error of no message is one of them all. */
export const outcome: Feed['outcome'] = async (connection, feedId, offers) => {
  const found = await feedReport(connection, feedId);
  if (!found.ok) return found;
  if (found.value === 'pending') return ok('pending');
  const read = found.value === undefined ? undefined : readReport(found.value);
  if (read?.ok !== true) return ok(acknowledgeAll(offers, notDone(feedId, 'it was cancelled or could not be read')));
  const errors = read.value.filter(({ severity }) => severity === 'ERROR');
  const ofAll = errors.find(({ messageId, sku }) => messageId == null && sku == null);
  return ok(ofAll === undefined ? refusalsOf(errors, offers) : acknowledgeAll(offers, notDone(feedId, ofAll.message)));
};

function readReport(bytes: Buffer): Result<readonly Issue[]> {
  const json = readJson(bytes);
  const read = report.safeParse(json.ok ? json.value : undefined);
  return read.success ? ok(read.data.issues) : refuse('provider-unavailable', 'The report is not as documented.');
}

const notDone = (feedId: string, why: string) =>
  refuse(
    'provider-unavailable',
    `Amazon did not work feed ${feedId} through (${why.slice(0, 300)}). It is told again.`,
  );

function refusalsOf(errors: readonly Issue[], offers: Told): Acknowledgements {
  const ids = messageIds(offers);
  const ours = new Map(offers.map((offer) => [sellerSku(offer), offer.sku]));
  return new Map(
    errors.flatMap(({ messageId, sku, code, message }) => {
      const named = ours.get(sku ?? ids.get(messageId ?? 0) ?? '');
      if (named === undefined) return [];
      const isTheirs = /internal|throttl|unavailable/i.test(code ?? '');
      const detail = `Amazon did not take the quantity of ${named} (${code ?? 'no code'}: ${message.slice(0, 300)}).`;
      return [
        [
          named,
          isTheirs
            ? refuse('provider-unavailable', `${detail} It is told again.`)
            : refuse('invalid-request', `${detail} Look at it in Seller Central, and put its listing again.`),
        ] as const,
      ];
    }),
  );
}
