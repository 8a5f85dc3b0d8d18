import { type MovementLine } from '../../../../shared/contracts/stock/movement-apis.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { type MovementPorts, type Teller, moveLine } from './move-line.ts';
import { countsOf } from './move-stock.ts';

/** A shelf that is to be set. */
export type SetLine = Omit<Extract<MovementLine, { readonly operation: 'set' }>, 'operation'>;

/** Fields of a movement that this route has in its path. */
const inPath: Readonly<Record<string, string>> = { '/location': '#path/locationId', '/sku': '#path/sku' };

/**
 * Sets a shelf, if it is what the caller believes: compare and set, once-only by its reference. Refusals: `unknown-location`,
 * `quantity-stale` with what is there, `reference-reused`, `limit-exceeded`, `forbidden`, `too-busy`.
 */
export const setStock = (ports: MovementPorts) => async (line: SetLine, teller: Teller, telling: string) => {
  const moved = await moveLine(ports)({ operation: 'set', ...line }, teller, telling);
  if (!moved.ok) return refusedInRoute(moved.refusal);
  const { status, after } = moved.value;
  return ok({ location: line.location, sku: line.sku, status, after: countsOf(after) });
};

function refusedInRoute(refusal: Refusal) {
  const errors = (refusal.errors ?? []).map((error) => ({ ...error, pointer: inPath[error.pointer] ?? error.pointer }));
  return { ok: false, refusal: { ...refusal, errors } } as const;
}
