import { createHash, randomUUID } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Crockford base32 of the SHA-256 of the parts, 26 characters (130 bits): the same parts are always the same id. */
function digest(parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  return Array.from({ length: 26 }, (_, index) => alphabet[(hash[index] ?? 0) & 31]).join('');
}

/** The id of a channel's order, derived from channel and external id, so that a repeat is the same item. */
export const orderIdOf = (channelId: string, externalId: string): string => `ord_${digest([channelId, externalId])}`;

/** The id of the n-th fulfillment order of an order; it names its order, so no index is needed to find it. */
export const fulfillmentOrderIdOf = (orderId: string, number: number): string => `${orderId}-f${number}`;

/** The id of the n-th return of an order. */
export const returnIdOf = (orderId: string, number: number): string => `${orderId}-r${number}`;

/** The order that a fulfillment order or a return belongs to, or `undefined` when the text is no such id. */
export const orderIdFrom = (partId: string): string | undefined => /^(ord_[0-9a-z]{26})-[fr]\d+$/.exec(partId)?.[1];

/** The id of a webhook delivery or message in the inbox, derived from the channel and the channel's own delivery id. */
export const inboxIdOf = (channelId: string, deliveryId: string): string => `in_${digest([channelId, deliveryId])}`;

/** A random id for what no one else names. */
export const randomId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/** Hex SHA-256 of a text: request fingerprints, hashed API keys. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Spreads ids over a number of shards, 0 up: the same id is always on the same. */
export const shardOf = (id: string, shards: number): number =>
  createHash('sha256').update(id).digest().readUInt32BE(0) % shards;

/** An id derived from parts: the same parts are always the same id. */
export const derivedId = (prefix: string, ...parts: readonly string[]): string => `${prefix}_${digest(parts)}`;
