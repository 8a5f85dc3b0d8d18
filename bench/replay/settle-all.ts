import type * as z from 'zod';
import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { readOrder } from '../../shared/contracts/orders/apis.ts';
import { type orderResource } from '../../shared/contracts/orders/resources.ts';
import { withClients } from './clients.ts';
import { type Progress } from './progress.ts';

type Order = z.infer<typeof orderResource>;

/** A parcel of a routed order. */
export interface Parcel {
  readonly location: string;
  readonly distanceKm?: number;
}

/** Where an order came to rest. */
export interface Settled {
  readonly orderId: string;
  readonly externalId: string;
  readonly kind: 'routed' | 'cancelled' | 'explained' | 'silent';
  readonly parcels: readonly Parcel[];
  /** Why it is not routed: codes of open exceptions and holds; empty for one that says nothing. */
  readonly reasons: readonly string[];
}

/** How long nothing may change before what is left counts as silent, and how often it is looked at. */
const quietMs = 60_000;
const roundMs = 250;

/** Waits until each order is routed, cancelled, or says why it waits; those that do none of it in time come back as `silent`. */
export async function settleAll(
  api: ApiClient,
  orderIds: readonly string[],
  {
    clients,
    progress,
    quiet = quietMs,
  }: { readonly clients: number; readonly progress: Progress; readonly quiet?: number },
): Promise<Settled[]> {
  const settled = new Map<string, Settled>();
  let changedAt = Date.now();
  for (let pending = orderIds; pending.length > 0 && Date.now() - changedAt < quiet;) {
    const before = settled.size;
    const silent = new Map<string, Settled>();
    await withClients(clients, pending, async (orderId) => {
      const found = settledOf(mustSucceed(await api(readOrder, { params: { orderId } })));
      (found.kind === 'silent' ? silent : settled).set(orderId, found);
      if (found.kind !== 'silent') progress.tick();
    });
    pending = [...silent.keys()];
    if (settled.size > before) changedAt = Date.now();
    if (Date.now() - changedAt >= quiet) for (const [orderId, found] of silent) settled.set(orderId, found);
    else if (pending.length > 0) await new Promise((resolve) => setTimeout(resolve, roundMs));
  }
  progress.done();
  return orderIds.flatMap((orderId) => settled.get(orderId) ?? []);
}

/** Reads off an order where it stands. */
export function settledOf(order: Order): Settled {
  const { orderId, externalId } = order;
  const waiting = order.lines.reduce((sum, { units }) => sum + units.reserved + units.backordered, 0);
  const parcels = order.fulfillmentOrders
    .filter(({ state }) => state !== 'REJECTED' && state !== 'CANCELLED')
    .map(({ location, distanceKm }): Parcel => ({ location, ...(typeof distanceKm === 'number' && { distanceKm }) }));
  const reasons = [
    ...order.exceptions.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ code }) => code),
    ...order.holds.filter(({ releasedAt }) => releasedAt === undefined).map(({ reason }) => `hold: ${reason}`),
  ];
  const base = { orderId, externalId, parcels, reasons };
  if (order.status === 'CANCELLED') return { ...base, kind: 'cancelled' };
  if (waiting === 0 && parcels.length > 0) return { ...base, kind: 'routed', reasons: [] };
  return { ...base, kind: reasons.length > 0 ? 'explained' : 'silent' };
}
