import * as z from 'zod';
import { externalId, money, note, quantity, text, time } from '../fields.ts';
import { orderInput } from '../orders/order-input.ts';

/** Units of a line, by the channel's own line id. */
const lineUnits = z.strictObject({ externalLineId: externalId, quantity });

/** Money that the channel gave back, and what came back for it. */
export const channelRefund = z.strictObject({
  /** The channel's id of it: the same refund is the same id in every message. */
  externalId,
  at: time.optional(),
  amount: money,
  reason: note.optional(),
  lines: z
    .array(
      lineUnits.extend({
        /** `cancel`: never left. `return`: came back to `location`, to be sold again. `none`: stays away, or nobody said. */
        restock: z.enum(['none', 'cancel', 'return']),
        /** The channel's id of the location that it came back to. */
        location: externalId.optional(),
      }),
    )
    .max(200)
    .default([]),
});

/** A buyer asks; nothing is cancelled by that. */
export const cancelRequest = z.strictObject({ at: time.optional(), reason: note.optional() });

/**
 * An order as its channel has it at one moment, version 1: the order as it was placed, and what became of it there.
 * Absolute: whoever has the newest snapshot needs none of the earlier ones.
 */
export const channelOrderSnapshot = z.strictObject({
  schema: z.literal(1).default(1),
  /** Orders the snapshots of one order: a later one compares greater as text. See `asOf` of the connector kit. */
  asOf: text(64),
  /** `pending`: not ours to work on yet (unpaid, unconfirmed). `closed`: done at the channel. */
  state: z.enum(['pending', 'open', 'cancelled', 'closed']).default('open'),
  /** `channel`: the marketplace ships it from its own stock. */
  fulfilledBy: z.enum(['us', 'channel']).default('us'),
  /** The goods left with the buyer: a sale at a till of `order.delivery.location`. Nothing is shipped; stock follows. */
  takenAway: z.boolean().default(false),
  test: z.boolean().default(false),
  order: orderInput,
  /** All units that the channel has cancelled by now, by line. */
  cancelled: z.array(lineUnits).max(200).default([]),
  /** All units that have left for the buyer by now, whoever sent them, by line: of a line that is not in it, nobody said. */
  fulfilled: z.array(lineUnits).max(200).default([]),
  cancelRequest: cancelRequest.optional(),
  refunds: z.array(channelRefund).max(100).default([]),
});
/** An order as its channel has it at one moment, parsed. */
export type ChannelOrderSnapshot = z.infer<typeof channelOrderSnapshot>;
/** A refund of a channel, parsed. */
export type ChannelRefund = z.infer<typeof channelRefund>;

const change = { externalId, changeId: externalId, at: time.optional() };

/** What happened to an order, said without the order itself. `externalId` is the order's, `changeId` the change's own. */
export const channelOrderChange = z.discriminatedUnion('kind', [
  /** Without `lines`: all of it. */
  z.strictObject({
    kind: z.literal('cancel'),
    ...change,
    reason: note.optional(),
    lines: z.array(lineUnits).min(1).max(200).optional(),
  }),
  z.strictObject({ kind: z.literal('cancel-request'), ...change, reason: note.optional() }),
  z.strictObject({ kind: z.literal('refund'), ...change, refund: channelRefund }),
]);
/** What happened to an order, parsed. */
export type ChannelOrderChange = z.infer<typeof channelOrderChange>;
