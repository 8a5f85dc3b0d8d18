import { ok } from '../../../shared/kernel/result.ts';
import { type Change } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Cause } from '../../../shared/model/stock/counters.ts';
import { type ClosedShelves, closedShelves } from '../../../shared/model/stock/closed-shelves.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { type Shelf } from '../../../shared/model/stock/shelf.ts';
import { type StockPorts } from '../ports.ts';
import { atLines } from './at-lines.ts';
import { placeOf } from './shelf-at.ts';

/** Who moves stock, where, by which document. */
export interface MoveCall {
  readonly location: string;
  readonly reference: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** Units of a SKU that come (positive) or go (negative). */
interface Delta {
  readonly sku: string;
  readonly delta: number;
}

/** Receives goods: the shelf and what its pool can sell rise together. Refusals: `unknown-location`, `limit-exceeded`. */
export const receiveStock =
  (ports: Pick<StockPorts, 'location' | 'commit'>) =>
  <L extends { readonly sku: string; readonly quantity: number }>(call: MoveCall & { readonly lines: readonly L[] }) =>
    move(
      ports,
      call,
      'receive',
      call.lines.map(({ sku, quantity }) => ({ sku, delta: quantity })),
      call.lines,
    );

/**
 * Adjusts shelves by differences. What is promised from a shelf cannot be taken from it: refusal `insufficient-stock` with what is left;
 * also `unknown-location`, `unknown-sku`, `limit-exceeded`.
 */
export const adjustStock =
  (ports: Pick<StockPorts, 'location' | 'commit'>) =>
  <L extends Delta>(call: MoveCall & { readonly reason: string; readonly lines: readonly L[] }) =>
    move(ports, call, 'adjust', call.lines, call.lines, call.reason);

async function move<L extends { readonly sku: string }>(
  ports: Pick<StockPorts, 'location' | 'commit'>,
  call: MoveCall,
  operation: 'receive' | 'adjust',
  deltas: readonly Delta[],
  lines: readonly L[],
  reason?: string,
) {
  const { reference, actor, now } = call;
  const cause: Cause = { operation, reference, actor, at: now, ...(reason !== undefined && { reason }) };
  const closed = closedShelves();
  const moved = await decideAndCommit<{ location: string; reference: string; lines: L[] }>(
    ports.commit,
    async () => {
      const place = await placeOf(ports, call.location);
      if (!place.ok) return place;
      return ok({
        changes: changesAt(place.value, deltas, closed, cause),
        reply: { location: call.location, reference, lines: [...lines] },
      });
    },
    call.once,
    closed.heed,
  );
  return atLines(moved, lines, operation === 'receive' ? 'quantity' : 'delta');
}

/** Several lines of one SKU are one movement; those that cancel out are none. */
function changesAt(place: Omit<Shelf, 'sku'>, deltas: readonly Delta[], closed: ClosedShelves, cause: Cause): Change[] {
  const sums = new Map<string, number>();
  for (const { sku, delta } of deltas) sums.set(sku, (sums.get(sku) ?? 0) + delta);
  return [...sums]
    .filter(([, delta]) => delta !== 0)
    .flatMap(([sku, delta]) => adjust(closed.known({ ...place, sku }), delta, 'sellable', cause));
}
