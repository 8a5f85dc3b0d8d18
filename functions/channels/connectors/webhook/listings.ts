import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import {
  type Connection,
  type ListingAnswer,
  type ListingDraft,
  type ListingsConnector,
} from '../../domain/connector.ts';
import { sendSigned } from './send-signed.ts';

/** The most listings in one message. */
const batch = 20;

/**
 * Posts signed `listings.changed` messages: each listing as a whole, so that a receiver takes the message of the latest `timestamp` and forgets the rest. The id is
 * new at every try: the same listing may come back after another, and must not be taken for a repeat.
 */
export const listings: ListingsConnector = { batch, creates: true, publish };

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const { channelId } = connection.channel;
  const type = 'listings.changed';
  const timestamp = connection.now();
  const body = JSON.stringify({ type, timestamp, data: { channelId, listings: drafts.map(messageOf) } });
  const id = `lst_${sha256Hex(JSON.stringify([channelId, body])).slice(0, 32)}`;
  const sent = await sendSigned(connection, { id, what: type, body });
  const answer: Result<ListingAnswer> = sent.ok ? ok({ kind: 'live' }) : sent;
  return new Map(drafts.map(({ sku }) => [sku, answer]));
}

const messageOf = ({ sku, parent, content, price, visibility, ids }: ListingDraft) => ({
  sku,
  ...present({ parent }),
  visibility,
  // Of what is taken off there is nothing more to say.
  ...(visibility !== 'gone' && present({ content, price })),
  ...(Object.keys(ids).length > 0 && { ids }),
});
