import { fieldReasons } from '../../../../../shared/contracts/field-reasons.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Mapped, type SnapshotDraft } from '../../../domain/connector.ts';
import { type Channel } from '../../../../../shared/model/network/network.ts';
import { quarantined, readingAmounts } from '../../kit/outcomes.ts';
import { utc } from '../../kit/times.ts';
import { countryOfCurrency } from '../marketplaces.ts';
import { needs } from '../needs.ts';
import { composePurchase } from './compose-purchase.ts';
import { type PurchaseOrder, purchaseOrder } from './payload.ts';

/** What each state of a purchase order is to us: it is ours to work on from the start, as the vendor's answer follows its capture. */
const states: Readonly<Record<string, SnapshotDraft['state']>> = {
  New: 'open',
  Acknowledged: 'open',
  Closed: 'closed',
};

/** Maps a purchase order to a wholesale order of the vendor. Items of which nothing is wanted any more have a quantity of 0. */
export function mapPurchaseOrder(document: unknown, channel: Channel): Mapped {
  const parsed = purchaseOrder.safeParse(document);
  if (!parsed.success)
    return quarantined(
      'not-as-documented',
      `This is no purchase order with its details: ${fieldReasons(parsed.error)}. Retry it, so that it is asked for again.`,
    );
  return readingAmounts(() => outcomeOf(parsed.data, channel));
}

function outcomeOf(order: PurchaseOrder, channel: Channel): Mapped {
  const { purchaseOrderNumber: externalId, purchaseOrderState: said, orderDetails: details } = order;
  const state = said == null ? 'open' : Object.hasOwn(states, said) ? states[said] : undefined;
  const asOf = asOfOrder(order);
  if (state === undefined || asOf === undefined || details.items.length === 0) {
    const lack =
      asOf === undefined ? 'no date' : state === undefined ? `the unknown state "${said ?? ''}"` : 'no items';
    return quarantined('not-as-documented', `Purchase order ${externalId} has ${lack}. Answer it in Vendor Central.`);
  }
  const wanted = details.items.filter(({ orderedQuantity }) => orderedQuantity.amount > 0);
  if (wanted.length === 0)
    return { kind: 'change', change: { kind: 'cancel', externalId, changeId: `${externalId}:cancelled`, at: asOf } };
  const currency =
    wanted.flatMap(({ netCost, listPrice }) => netCost ?? listPrice ?? [])[0]?.currency ?? channel.currency;
  const named = settingOf(channel, needs, 'shipToCountry');
  const country = details.shipToParty?.address?.countryCode ?? (named === '' ? countryOfCurrency(currency) : named);
  if (country === undefined)
    return quarantined(
      'address',
      `Purchase order ${externalId} goes to ${details.shipToParty?.partyId ?? 'a place without a name'}, and nothing says in which country that is. Give channel ${channel.channelId} the setting shipToCountry, then retry.`,
    );
  return { kind: 'order', snapshot: { asOf, state, order: composePurchase({ order, wanted, currency, country }) } };
}

/** The newest of its dates. */
function asOfOrder({ orderDetails: details }: PurchaseOrder): string | undefined {
  const dates = [details.purchaseOrderDate, details.purchaseOrderChangedDate, details.purchaseOrderStateChangedDate];
  return dates
    .flatMap((date) => utc(date) ?? [])
    .toSorted()
    .at(-1);
}
