import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type AvailabilityConnector, type Offer } from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { type WalmartCall, callWalmart } from '../api.ts';
import { notTaken, readAnswer } from '../errors.ts';
import { needs } from '../needs.ts';

/** A number of units as Walmart writes it. */
export const each = (amount: number) => ({ unit: 'EACH', amount });

/**
 * Sets what a seller has of each SKU, absolutely: at one ship node, or at each of its ship nodes. Nothing is compared, and nothing has to be:
 * the last call counts. Walmart subtracts by itself what its open orders reserve.
 * Source: https://developer.walmart.com/us-marketplace/reference/updateinventoryforanitem, …/updatemultinodeinventory
 */
export const publish: AvailabilityConnector['publish'] = (connection, offers) =>
  oneByOne(offers, (offer) => tell(connection, offer));

async function tell(connection: Connection, offer: Offer): Promise<Result<true>> {
  const answer = await callWalmart(connection, callOf(connection, offer));
  if (!answer.ok) return answer;
  const remedy = 'Look whether the SKU is listed at Walmart under this name, and put its listing again.';
  if (answer.value.status !== 200) return notTaken(`the stock of ${sellerSku(offer)}`, answer.value, remedy);
  if (offer.locations === undefined) return ok(true);
  const read = readAnswer(answer.value, nodesAnswer, 'putInventory');
  return read.ok ? judgeNodes(offer, Object.keys(offer.locations), read.value.nodes) : read;
}

/** The call that sets one SKU. */
export function callOf(connection: Pick<Connection, 'channel'>, offer: Offer): WalmartCall {
  const sku = sellerSku(offer);
  const call = { operation: 'putInventory', method: 'PUT' } as const;
  if (offer.locations === undefined)
    return {
      ...call,
      path: `/v3/inventory?${nodeQuery(connection, sku)}`,
      body: { sku, quantity: each(offer.quantity) },
    };
  const nodes = Object.entries(offer.locations).map(([shipNode, units]) => ({ shipNode, inputQty: each(units) }));
  return { ...call, path: `/v3/inventories/${encodeURIComponent(sku)}`, body: { inventories: { nodes } } };
}

/** The SKU and, where the channel names one, the ship node. Walmart wants `%20`, not `+`. */
export function nodeQuery({ channel }: Pick<Connection, 'channel'>, sku?: string): string {
  const shipNode = settingOf(channel, needs, 'shipNode');
  return [
    ...(sku === undefined ? [] : [`sku=${encodeURIComponent(sku)}`]),
    ...(shipNode === '' ? [] : [`shipNode=${encodeURIComponent(shipNode)}`]),
  ].join('&');
}

const nodesAnswer = z.looseObject({
  nodes: z.array(
    z.looseObject({
      shipNode: z.coerce.string(),
      status: z.string(),
      errors: z.array(z.looseObject({ code: z.string().nullish(), description: z.string().nullish() })).nullish(),
    }),
  ),
});
type NodeAnswer = z.infer<typeof nodesAnswer>['nodes'][number];

/** Each node has its own answer: the SKU is told once all of them took it. A node that fails keeps what it had. */
function judgeNodes(offer: Offer, wanted: readonly string[], nodes: readonly NodeAnswer[]): Result<true> {
  const failed = wanted.filter(
    (id) => !nodes.some(({ shipNode, status }) => shipNode === id && /^success$/i.test(status)),
  );
  if (failed.length === 0) return ok(true);
  const errors = nodes.filter(({ shipNode }) => failed.includes(shipNode)).flatMap(({ errors: all }) => all ?? []);
  const words = errors.map(({ code, description }) => description ?? code ?? '').join(' ');
  const isPassing = errors.length > 0 && errors.every(({ code }) => /system|timeout|unavailable/i.test(code ?? ''));
  return refuse(
    isPassing ? 'provider-unavailable' : 'invalid-request',
    `Walmart did not take the stock of ${sellerSku(offer)} at ship node ${failed.join(', ')}: ${words.slice(0, 300) || 'without words'}. Look at the channel's locations: their ids are Walmart's ship nodes.`,
  );
}
