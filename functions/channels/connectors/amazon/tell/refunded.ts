import { decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { type RefundPart, refundParts } from '../../kit/refund-parts.ts';
import { hasFeedSince, submitFeed } from '../feeds.ts';
import { vendorRefusal } from './marketplace-of.ts';
import { feedOutcome, worksOnFeed } from './feed-outcome.ts';
import { type Xml, envelope } from './order-feed.ts';

const feedType = 'POST_PAYMENT_ADJUSTMENT_DATA';

/**
 * Gives a buyer money back, which Amazon holds, in a feed that it works through in minutes: it is told once the feed's report says so, and refused
 * in the report's words. Amazon tells of no refund and knows no id of ours, so where a try has ended without a feed's id and adjustments were sent
 * since, a person decides: a refund is never sent twice. Source: https://developer-docs.amazon.com/sp-api/docs/feed-type-values (POST_PAYMENT_ADJUSTMENT_DATA)
 */
export const refunded: Tell<'refunded'> = async (notice, connection) => {
  const vendor = vendorRefusal(notice, connection);
  if (vendor !== undefined) return vendor;
  const { externalId, facts, reference } = notice;
  const what = `refund ${facts.refundId} of order ${externalId}`;
  if (reference !== undefined) return feedOutcome(connection, reference, what);
  const maybe = notice.tries > 0 ? await hasFeedSince(connection, feedType, notice.happenedAt) : ok(false);
  if (!maybe.ok) return maybe;
  if (maybe.value)
    return refuse(
      'state-conflict',
      `Amazon may have ${what} already: an earlier try has ended without an answer, and adjustments were sent since. Look at the order in Seller Central; refund it there if it is not, and dismiss this.`,
    );
  const parts = refundParts(notice);
  if (parts.length === 0)
    return refuse('invalid-request', `Amazon refunds items, and ${what} names none. Refund it in Seller Central.`);
  const feed = await submitFeed(connection, feedType, adjustmentOf(notice, parts, connection));
  return feed.ok ? worksOnFeed(feed.value.feedId, what) : feed;
};

/** The document of the feed: amounts above zero are the buyer's, for all units of an item together. */
export function adjustmentOf(
  notice: NoticeToTell<'refunded'>,
  parts: readonly RefundPart[],
  connection: Pick<Connection, 'channel'>,
): string {
  const { externalId, facts } = notice;
  const items = parts.map((part): Xml => [
    'AdjustedItem',
    [
      ['AmazonOrderItemCode', part.lineId],
      ['MerchantAdjustmentItemID', `${facts.refundId}-${part.lineId}`],
      ['AdjustmentReason', reasonOf(facts)],
      ['ItemPriceAdjustments', componentsOf(part, notice)],
    ],
  ]);
  return envelope(connection, 'OrderAdjustment', [['AmazonOrderID', externalId], ...items]);
}

/** Tax that Amazon has collected it gives back by itself; other tax is part of the price. */
function componentsOf(
  { lineId, itemMinor, itemTaxMinor, shippingMinor }: RefundPart,
  notice: NoticeToTell<'refunded'>,
) {
  const { currency } = notice.facts.amount;
  const line = notice.snapshot?.order.lines.find(({ externalLineId }) => externalLineId === lineId);
  const isTheirs = line?.taxes?.some(({ remittedByChannel }) => remittedByChannel === true) === true;
  const component = (type: string, minor: number): Xml[] =>
    minor === 0
      ? []
      : [
          [
            'Component',
            [
              ['Type', type],
              [`Amount currency="${currency}"`, decimalFromMinor({ amount: minor, currency })],
            ],
          ],
        ];
  return [
    ...component('Principal', itemMinor + (isTheirs ? 0 : itemTaxMinor)),
    ...component('Shipping', shippingMinor),
  ];
}

/** Words of a reason, and Amazon's name for it; the first that fits. */
const reasons: readonly (readonly [words: RegExp, name: string])[] = [
  [/exchange/i, 'Exchange'],
  [/wrong|different|incorrect/i, 'DifferentItem'],
  [/price/i, 'PriceError'],
  [/stock|inventory|could not/i, 'CouldNotShip'],
  [/undeliver|lost|not (received|arrived|delivered)/i, 'Undeliverable'],
  [/refused/i, 'RefusedDelivery'],
];

const reasonOf = ({ reason, returnId }: NoticeToTell<'refunded'>['facts']): string =>
  reasons.find(([words]) => words.test(reason))?.[1] ??
  (returnId === undefined ? 'GeneralAdjustment' : 'CustomerReturn');
