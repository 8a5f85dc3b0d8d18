import { channelOrderSnapshot, type ChannelOrderSnapshot } from '../../../shared/contracts/channels/channel-order.ts';
import { type FieldIssues, fieldReasons } from '../../../shared/contracts/field-reasons.ts';
import { type LineIds, type Suggestion } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Mapped, type OrderDraft, type SnapshotDraft } from './connector.ts';
import { type FindPorts, findSku } from './find-sku.ts';
import { type UnknownLine, reasonOf } from './quarantine/unknown-line.ts';
import { suggestionsFor } from './quarantine/suggest-skus.ts';

type ResolvePorts = FindPorts & Pick<ChannelsPorts, 'skusNear' | 'stockedAmong'>;
type Quarantined = Extract<Mapped, { kind: 'quarantined' }> & {
  /** The ids of the first line that has no SKU: what must be known before this is mapped. */
  readonly awaits?: LineIds;
  readonly suggestions?: readonly Suggestion[];
};

/** An order in its canonical form, or why it cannot be brought into it. */
export type Resolved = { readonly kind: 'order'; readonly snapshot: ChannelOrderSnapshot } | Quarantined;

/**
 * Brings what a connector read into the canonical form: every line gets its SKU, a pickup point gets our location, and the contract judges
 * the whole.
 */
export async function resolveOrder(ports: ResolvePorts, channel: Channel, draft: SnapshotDraft): Promise<Resolved> {
  const { order } = draft;
  if (order.currency !== channel.currency) return otherCurrency(channel, order.currency);
  const found = await Promise.all(
    order.lines.map((line) => findSku(ports, channel, { ...line.listing, sku: line.sku })),
  );
  const unknown = order.lines.flatMap((line, index): UnknownLine[] => {
    const one = found[index];
    return one === undefined || one.sku !== undefined ? [] : [{ line, place: index + 1, ...one }];
  });
  if (unknown.length > 0) return unknownSkus(ports, channel, unknown);
  const delivery = order.delivery && located(order.delivery, channel);
  if (draft.takenAway === true && delivery?.location === undefined) return soldNowhere(channel, delivery);
  const resolved = {
    ...order,
    channelId: channel.channelId,
    ...(delivery && { delivery }),
    lines: order.lines.map((line, index) => ({ ...line, sku: found[index]?.sku })),
  };
  const parsed = channelOrderSnapshot.safeParse({ ...draft, ...returnedTo(draft, channel), order: resolved });
  return parsed.success ? { kind: 'order', snapshot: parsed.data } : notAllowed(parsed.error);
}

async function unknownSkus(
  ports: ResolvePorts,
  channel: Channel,
  unknown: readonly UnknownLine[],
): Promise<Quarantined> {
  const suggestions = await suggestionsFor(ports, channel, unknown);
  const reason = unknown.map((one) => reasonOf(one, channel.channelId, suggestions)).join(' ');
  const first = unknown[0]?.line;
  return {
    kind: 'quarantined',
    code: 'unknown-sku',
    reason,
    awaits: { ...first?.listing, ...(first?.sku !== undefined && { sku: first.sku }) },
    ...(suggestions.length > 0 && { suggestions }),
  };
}

/** Our location behind a pickup point: the retailer maps it on the channel. */
function located(delivery: NonNullable<OrderDraft['delivery']>, { locations = {} }: Channel): OrderDraft['delivery'] {
  const point = delivery.pickupPoint?.externalId;
  const location = point === undefined ? undefined : locations[point];
  return location === undefined ? delivery : { ...delivery, location };
}

/** Our locations that goods came back to, by the channel's ids of them; one that is none of ours stays as the channel names it. */
const returnedTo = ({ refunds = [] }: SnapshotDraft, { locations = {} }: Channel): Pick<SnapshotDraft, 'refunds'> => ({
  refunds: refunds.map(({ lines = [], ...refund }) => ({
    ...refund,
    lines: lines.map((line) => {
      const ours = line.location === undefined ? undefined : locations[line.location];
      return ours === undefined ? line : { ...line, location: ours };
    }),
  })),
});

/** What a till has sold has left a shelf, and somebody must know which. */
function soldNowhere({ channelId }: Channel, delivery: OrderDraft['delivery']): Quarantined {
  const { externalId = 'without an id' } = delivery?.pickupPoint ?? {};
  const reason = `It was sold at the channel's location ${externalId}, which is none of ours: name ours for it in the locations of channel ${channelId} (PUT /v1/channels/${channelId}), then retry.`;
  return { kind: 'quarantined', code: 'delivery-method', reason };
}

const otherCurrency = ({ channelId, currency }: Channel, theirs: string): Quarantined => ({
  kind: 'quarantined',
  code: 'currency',
  reason: `The order is in ${theirs} and channel ${channelId} sells in ${currency}. Create a channel for orders in ${theirs} and have them sent there, or capture this one with POST /v1/orders.`,
});

/** Which part of the contract was not met, by where it was not. */
function notAllowed(error: FieldIssues): Quarantined {
  const paths = error.issues.map(({ path }) => path.join('/'));
  const code = paths.some((path) => path.startsWith('order/shipTo'))
    ? 'address'
    : paths.some((path) => /currency|amount/.test(path))
      ? 'amount'
      : paths.some((path) => path.startsWith('order/lines') && !path.includes('/', 12))
        ? 'too-large'
        : 'not-as-documented';
  return {
    kind: 'quarantined',
    code,
    reason: `The order cannot be taken as it is: ${fieldReasons(error)}. Correct it at the channel and have it sent again, or capture it with POST /v1/orders.`,
  };
}
