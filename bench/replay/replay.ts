import type * as z from 'zod';
import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { type Captured, captureAll } from './capture-all.ts';
import { patient } from './clients.ts';
import { type OlistData } from './olist.ts';
import { type ReplayOrder, replayOrder } from './order-input.ts';
import { type Progress } from './progress.ts';
import { type Settled, settleAll } from './settle-all.ts';
import { type Names, createNetwork, freeNames, receiveAll } from './setup.ts';
import { supplyFor } from './supply.ts';

/** How to replay. */
export interface ReplayOptions {
  readonly clients: number;
  /** Stock as a share of what all orders need. */
  readonly stock: number;
  readonly progress: (label: string, total: number) => Progress;
}

/** What a replay did, to be told and judged. */
export interface Replay {
  readonly names: Names;
  readonly data: OlistData;
  readonly orders: readonly ReplayOrder[];
  readonly units: number;
  readonly receipts: number;
  readonly captured: readonly Captured[];
  readonly settled: readonly Settled[];
  /** Calls that were sent again, as no answer came or the server was busy. */
  readonly repeats: number;
  readonly receiveMs: number;
  readonly captureMs: number;
  /** From the first capture until every order was at rest. */
  readonly settleMs: number;
  readonly oversoldBefore: number;
  readonly audit: z.infer<typeof auditStock.response>;
}

/** Replays the orders of a data set on a server: network, stock, orders, and then waits until every order is at rest. */
export async function replayOlist(plainApi: ApiClient, data: OlistData, options: ReplayOptions): Promise<Replay> {
  let repeats = 0;
  const api = patient(plainApi, () => (repeats += 1));
  const { clients, progress } = options;
  const oversoldBefore = mustSucceed(await api(auditStock)).oversold;
  const names = await freeNames(api);
  await createNetwork(api, names, data.sellers, clients);
  const supplies = supplyFor(data.orders, options.stock);
  const receiving = performance.now();
  const receipts = await receiveAll(api, names, supplies, {
    clients,
    progress: (total) => progress('receiving stock', total),
  });
  const receiveMs = performance.now() - receiving;
  const orders = data.orders.map((order) => replayOrder(order, names.channel));
  const capturing = performance.now();
  const captured = await captureAll(api, orders, { clients, progress: progress('capturing', orders.length) });
  const captureMs = performance.now() - capturing;
  const accepted = captured.flatMap(({ orderId }) => orderId ?? []);
  const settled = await settleAll(api, accepted, { clients, progress: progress('routing', accepted.length) });
  const settleMs = performance.now() - capturing;
  const audit = mustSucceed(await api(auditStock));
  const units = supplies.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    names,
    data,
    orders,
    units,
    receipts,
    captured,
    settled,
    repeats,
    receiveMs,
    captureMs,
    settleMs,
    oversoldBefore,
    audit,
  };
}

/** Why a replay failed; empty when it did not. */
export function failuresOf({ captured, settled, audit, oversoldBefore }: Replay): string[] {
  const accepted = captured.filter(({ orderId }) => orderId !== undefined).length;
  const silent = settled.filter(({ kind }) => kind === 'silent');
  const oversold = audit.oversold - oversoldBefore;
  return [
    ...(oversold > 0 ? [`${oversold} units were oversold`] : []),
    ...(audit.holds ? [] : [`the auditor found ${audit.findings.length} identities that do not hold`]),
    ...(silent.length > 0
      ? [`${silent.length} accepted orders are neither routed nor say why (${silent[0]?.orderId ?? ''} …)`]
      : []),
    ...(settled.length < accepted ? [`${accepted - settled.length} accepted orders were lost from sight`] : []),
  ];
}
