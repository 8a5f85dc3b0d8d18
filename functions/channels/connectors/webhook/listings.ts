import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { live } from '../kit/listing-answers.ts';
import { sendParts } from './send-parts.ts';
import { type SignedMessage, addressOf, lacksEndpoint } from './send-signed.ts';

/** The most listings in one message. */
const batch = 20;

/**
 * Posts signed `listings.changed` messages: each listing as a whole, so that a receiver takes the message of the latest `timestamp` and forgets the rest. The id is
 * new at every try: the same listing may come back after another, and must not be taken for a repeat.
 */
export const listings: ListingsConnector = { batch, creates: true, lacksSetting: lacksEndpoint, publish };

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const address = addressOf(connection);
  if (!address.ok) return new Map(drafts.map(({ sku }) => [sku, address]));
  const answers = await sendParts(connection, drafts, (some) => messageOf(connection, some));
  return new Map([...answers].map(([sku, answer]) => [sku, answer.ok ? live() : answer]));
}

function messageOf({ channel: { channelId }, now }: Connection, drafts: readonly ListingDraft[]): SignedMessage {
  const what = 'listings.changed';
  const body = JSON.stringify({ type: what, timestamp: now(), data: { channelId, listings: drafts.map(shownOf) } });
  return { id: `lst_${sha256Hex(JSON.stringify([channelId, body])).slice(0, 32)}`, what, body };
}

const shownOf = ({ sku, parent, content, price, visibility, ids }: ListingDraft) => ({
  sku,
  ...present({ parent }),
  visibility,
  // Of what is taken off there is nothing more to say.
  ...(visibility !== 'gone' && { content, ...price }),
  ...(Object.keys(ids).length > 0 && { ids }),
});
