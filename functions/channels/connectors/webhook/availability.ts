import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { type Acknowledgements, type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { sendParts } from './send-parts.ts';
import { type SignedMessage } from './send-signed.ts';

/** The most SKUs in one message, and in one `publish`. */
export const maximumOffers = 500;

/**
 * Posts signed `availability.changed` messages: absolute quantities, each with a `version` that only ever grows per SKU, so that a receiver
 * keeps the highest and forgets the rest.
 */
export const publish = (connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> =>
  sendParts(connection, offers, (some) => availabilityMessage(connection, some));

/** The message; its id is made of what it says, so that a repeat has the same. */
export function availabilityMessage(
  { channel: { channelId }, now }: Connection,
  offers: readonly Pick<Offer, 'sku' | 'quantity' | 'sequence'>[],
): SignedMessage {
  const what = 'availability.changed';
  const quantities = offers.map(({ sku, quantity, sequence }) => ({ sku, quantity, version: sequence }));
  const body = JSON.stringify({ type: what, timestamp: now(), data: { channelId, quantities } });
  return { id: `avl_${sha256Hex(JSON.stringify([channelId, quantities])).slice(0, 32)}`, what, body };
}
