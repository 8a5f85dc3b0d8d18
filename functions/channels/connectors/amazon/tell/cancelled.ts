import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { submitFeed } from '../feeds.ts';
import { needs } from '../needs.ts';
import { callApi, readAnswer } from '../sp-api.ts';
import { vendorRefusal } from './marketplace-of.ts';
import { feedOutcome, worksOnFeed } from './feed-outcome.ts';
import { type Xml, envelope } from './order-feed.ts';

/**
 * Cancels an order, in a feed that Amazon works through in minutes: it is told once the feed's report says so, and refused in the report's words.
 * A second feed for a cancelled order changes nothing. Only a whole order can be cancelled so; parts of one are refused in words.
 * Source: https://developer-docs.amazon.com/sp-api/docs/feed-type-values (POST_ORDER_ACKNOWLEDGEMENT_DATA)
 */
export const cancelled: Tell<'cancelled'> = async (notice, connection) => {
  const vendor = vendorRefusal(notice, connection);
  if (vendor !== undefined) return vendor;
  if (!isWhole(notice))
    return refuse(
      'invalid-request',
      `Amazon cancels whole orders only, and of ${notice.externalId} just ${notice.facts.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')} are cancelled. Confirm the rest as shipped and cancel or refund these items in Seller Central, Manage Orders; then dismiss this.`,
    );
  const what = `the cancellation of order ${notice.externalId}`;
  if (notice.reference !== undefined) return feedOutcome(connection, notice.reference, what);
  const isDone = notice.tries > 0 ? await isCancelled(notice, connection) : ok(false);
  if (!isDone.ok) return isDone;
  if (isDone.value) return ok({});
  const feed = await submitFeed(connection, 'POST_ORDER_ACKNOWLEDGEMENT_DATA', cancellationOf(notice, connection));
  return feed.ok ? worksOnFeed(feed.value.feedId, what) : feed;
};

/** Whether every unit that the order has at Amazon is among those that are cancelled. */
function isWhole({ facts, snapshot }: NoticeToTell<'cancelled'>): boolean {
  if (snapshot === undefined) return facts.complete;
  const ours = new Map<string, number>();
  for (const { lineId, quantity } of facts.lines) ours.set(lineId, (ours.get(lineId) ?? 0) + quantity);
  const theirs = new Map(snapshot.cancelled.map(({ externalLineId, quantity }) => [externalLineId, quantity]));
  return (
    facts.complete &&
    snapshot.order.lines.every(
      ({ externalLineId = '', quantity }) =>
        (ours.get(externalLineId) ?? 0) + (theirs.get(externalLineId) ?? 0) >= quantity,
    )
  );
}

/** The document of the feed. */
export function cancellationOf(
  { externalId, facts, snapshot }: NoticeToTell<'cancelled'>,
  connection: Pick<Connection, 'channel'>,
) {
  const reason = reasonOf(facts.reason, snapshot?.cancelRequest !== undefined);
  const items = [...new Set(facts.lines.map(({ lineId }) => lineId))].map((lineId): Xml => [
    'Item',
    [
      ['AmazonOrderItemCode', lineId],
      ['CancelReason', reason],
    ],
  ]);
  return envelope(connection, 'OrderAcknowledgement', [
    ['AmazonOrderID', externalId],
    ['StatusCode', 'Failure'],
    ...items,
  ]);
}

/** Words of a reason, and Amazon's name for it; the first that fits. */
const reasons: readonly (readonly [words: RegExp, name: string])[] = [
  [/address|undeliverable/i, 'ShippingAddressUndeliverable'],
  [/fraud|risk/i, 'RiskAssessmentInformationNotValid'],
  [/stock|inventory|short|sold out/i, 'NoInventory'],
  [/customer|buyer/i, 'BuyerCanceled'],
];

const reasonOf = (reason: string, isAsked: boolean): string =>
  isAsked ? 'BuyerCanceled' : (reasons.find(([words]) => words.test(reason))?.[1] ?? 'GeneralAdjustment');

const newer = z.object({ order: z.object({ fulfillment: z.object({ fulfillmentStatus: z.string() }) }) });
const v0 = z.object({ payload: z.object({ OrderStatus: z.string() }) });

async function isCancelled(
  { externalId }: NoticeToTell<'cancelled'>,
  connection: Connection,
): Promise<Result<boolean>> {
  const operation = 'getOrder';
  const isV0 = settingOf(connection.channel, needs, 'ordersApi') === 'v0';
  const path = `/orders/${isV0 ? 'v0' : '2026-01-01'}/orders/${encodeURIComponent(externalId)}`;
  const query = isV0 ? {} : { includedData: 'FULFILLMENT' };
  const answer = await callApi(connection, { operation, path, query });
  if (!answer.ok || answer.value.status >= 400) return answer.ok ? ok(false) : answer;
  const read = isV0
    ? readAnswer(
        answer.value,
        v0.transform(({ payload }) => payload.OrderStatus),
        operation,
      )
    : readAnswer(
        answer.value,
        newer.transform(({ order }) => order.fulfillment.fulfillmentStatus),
        operation,
      );
  return read.ok ? ok(/^cancell?ed$/i.test(read.value)) : read;
}
