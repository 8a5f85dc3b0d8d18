import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type Decision, type OnceKey } from '../../../shared/model/decide.ts';
import { type LineUnits } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type View, viewOf } from './view.ts';

/** Who does something and when. */
export interface Context {
  readonly now: string;
  readonly actor: string;
}

/** Whether this caller may act for a channel at a location: a key may be bound to one. */
export type Permit = (to: { readonly channelId: string; readonly location: string }) => Result<true>;

/** A caller's part of every use case. */
export interface Call extends Context {
  readonly permit: Permit;
  readonly once?: OnceKey;
}

/** A call about one return. */
export interface ReturnCall extends Call {
  readonly returnId: string;
}

/** The refusal for an id that names no return. */
export const noReturn = (returnId: string) =>
  refuse('not-found', `There is no return ${returnId}. GET /v1/orders/{orderId} lists an order's returns.`);

/** Refuses a location that does not exist. */
export async function knownLocation(
  ports: ReturnsPorts,
  locationId: string,
): Promise<Result<{ readonly location: string; readonly pool?: string }>> {
  const found = await ports.location(locationId);
  if (found !== undefined) return ok({ location: locationId, ...(found.pool !== undefined && { pool: found.pool }) });
  return refuse(
    'unknown-location',
    `There is no location ${locationId}. Create it with PUT /v1/locations/${locationId}.`,
    {
      errors: [{ pointer: '/location', detail: 'is no location' }],
    },
  );
}

/** The return after a write: the next version, with exactly the events of this write. */
export const written = (
  before: Return,
  patch: Partial<Return>,
  { now }: Context,
  events: (version: number) => readonly EventMessage[],
): Return => ({
  ...before,
  ...patch,
  version: before.version + 1,
  updatedAt: now,
  events: events(before.version + 1),
});

/** A decision that replaces the return, together with other changes. */
export const decided = (before: Return, after: Return, others: readonly Change[] = []): Result<Decision<View>> =>
  ok({ changes: [replace('return', after, before.version), ...others], reply: viewOf(after) });

/** What every event of a return says. */
export const about = ({ orderId, channelId, returnId, location }: Return) => ({
  orderId,
  channelId,
  returnId,
  location,
});

/** Lines as events carry them; lines without units are left out. */
export const plain = (lines: readonly (LineUnits & { readonly sku: string })[]) =>
  lines.filter(({ quantity }) => quantity > 0).map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
