import { distancesOf, quantile } from './figures.ts';
import { countBy } from './olist.ts';
import { type Replay, failuresOf } from './replay.ts';

const labelWidth = 22;
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const line = (label: string, text: string): string => `  ${label.padEnd(labelWidth)}${text}`;
const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${number.format(count)}`)
    .join(', ');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** What a replay did, for a person. */
export function reportOf(replay: Replay): string[] {
  const failures = failuresOf(replay);
  return [
    ...inputLines(replay),
    ...outcomeLines(replay),
    ...routingLines(replay),
    ...auditLines(replay),
    '',
    ...(failures.length === 0
      ? ['Nothing was oversold, every identity holds, every accepted order is accounted for.']
      : failures.map((failure) => `FAILED: ${failure}.`)),
  ];
}

function inputLines({ data, orders, units, receipts, receiveMs, names }: Replay): string[] {
  const from = data.orders[0]?.order_purchase_timestamp.slice(0, 10) ?? '';
  const to = data.orders.at(-1)?.order_purchase_timestamp.slice(0, 10) ?? '';
  const products = new Set(data.orders.flatMap(({ items }) => items.map(({ product_id }) => product_id)));
  const unplaced = data.orders.filter(({ place }) => place === undefined).length;
  return [
    line('orders', `${number.format(orders.length)} placed ${from} to ${to}, channel ${names.channel}`),
    line('without items', counted(data.skipped) || 'none'),
    line('sellers, products', `${number.format(data.sellers.length)}, ${number.format(products.size)}`),
    line(
      'unknown places',
      `${data.placesOutside} prefixes outside Brazil left out; ${unplaced} customers without a point`,
    ),
    line(
      'stock received',
      `${number.format(units)} units in ${number.format(receipts)} receipts, ${seconds(receiveMs)}`,
    ),
    line('paid and cost', counted(countBy(orders, ({ balance }) => balance))),
  ];
}

function outcomeLines({ captured, repeats, captureMs }: Replay): string[] {
  const refused = captured.flatMap(({ refused: code }) => code ?? []);
  const cancels = captured.flatMap(({ cancel }) => cancel ?? []);
  const perSecond = (captured.length / captureMs) * 1000;
  return [
    line('accepted', number.format(captured.length - refused.length)),
    line('refused', refused.length === 0 ? 'none' : counted(countBy(refused, (code) => code))),
    line('cancelled afterwards', cancels.length === 0 ? 'none' : counted(countBy(cancels, (outcome) => outcome))),
    line('orders per second', `${perSecond.toFixed(1)} handed over (${seconds(captureMs)})`),
    line('calls sent again', number.format(repeats)),
  ];
}

function routingLines(replay: Replay): string[] {
  const { settled, settleMs } = replay;
  const routed = settled.filter(({ kind }) => kind === 'routed');
  const waiting = settled.filter(({ kind }) => kind === 'explained');
  const { served, deviation } = distancesOf(replay);
  const km = (numbers: readonly number[], share: number): string => number.format(quantile(numbers, share) ?? 0);
  const byParcels = countBy(routed, ({ parcels }) => `${parcels.length}:`);
  return [
    line('routed', `${number.format(routed.length)}, all orders at rest after ${seconds(settleMs)}`),
    line('orders by parcels', counted(byParcels) || 'none'),
    line(
      'distance',
      served.length === 0 ? 'unknown' : `median ${km(served, 0.5)} km, 90 % within ${km(served, 0.9)} km`,
    ),
    line(
      'against own points',
      deviation.length === 0
        ? 'unknown'
        : `differs by ${km(deviation, 0.5)} km in the median, 90 % within ${km(deviation, 0.9)} km`,
    ),
    line(
      'waiting',
      waiting.length === 0
        ? 'none'
        : counted(
            countBy(
              waiting.flatMap(({ reasons }) => reasons),
              (reason) => reason,
            ),
          ),
    ),
  ];
}

function auditLines({ audit }: Replay): string[] {
  const { positions, pools, orders, fulfillmentOrders, oversold, holds, findings } = audit;
  const looked = counted({ positions, pools, orders, 'fulfillment orders': fulfillmentOrders });
  return [
    line('auditor looked at', looked),
    line('auditor says', `every identity ${holds ? 'holds' : 'does NOT hold'}, ${oversold} units oversold`),
    ...findings
      .slice(0, 10)
      .map(({ identity, subject, difference }) => line('', `${identity} ${JSON.stringify(subject)}: ${difference}`)),
  ];
}
