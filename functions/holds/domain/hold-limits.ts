import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import {
  type Channel,
  type HoldLimits,
  usualHoldLimits,
  usualHoldSeconds,
} from '../../../shared/model/network/network.ts';
import { summed } from '../../../shared/model/stock/demand.ts';
import { type HeldLine } from '../../../shared/model/stock/hold.ts';

/** What the holds of a channel may be; as usual where it says nothing. */
export const limitsOf = ({ holds = usualHoldLimits }: Pick<Channel, 'holds'>): HoldLimits => holds;

/** A refusal that names its limit. */
const beyond = (limit: keyof HoldLimits, maximum: number, detail: string, errors: readonly FieldError[], more = {}) =>
  refuse('limit-exceeded', detail, { facts: { limit, maximum, ...more }, errors });

/** Refuses more units of a SKU than one hold of the channel may have, as it was asked: a kit counts as itself. */
export function withinUnits({ maximumUnits }: HoldLimits, lines: readonly HeldLine[]): Result<true> {
  const over = summed(lines.map(({ sku, quantity }) => ({ sku, quantity }))).find((one) => one.quantity > maximumUnits);
  if (over === undefined) return ok(true);
  const errors = lines.flatMap(({ sku }, index) =>
    sku === over.sku ? [{ pointer: `/lines/${index}/quantity`, detail: `at most ${maximumUnits} of one SKU` }] : [],
  );
  const detail = `A hold of this channel may have ${maximumUnits} units of one SKU; ${over.quantity} of ${over.sku} were asked for. Ask for fewer.`;
  return beyond('maximumUnits', maximumUnits, detail, errors, { sku: over.sku, wanted: over.quantity });
}

/** When a new hold is over. Refusal: `limit-exceeded` for a longer life than the channel allows. */
export function firstExpiry(limits: HoldLimits, seconds: number | undefined, now: string): Result<string> {
  const { maximumSeconds } = limits;
  return expiryWithin(limits, now, now, seconds ?? Math.min(usualHoldSeconds, maximumSeconds));
}

/** When a hold is over that is to live for so many seconds from now. Refusal: `limit-exceeded`, with the latest that may be. */
export function expiryWithin(
  { maximumSeconds }: HoldLimits,
  createdAt: string,
  now: string,
  seconds: number,
): Result<string> {
  const latest = plusSeconds(createdAt, maximumSeconds);
  const wanted = plusSeconds(now, seconds);
  if (wanted <= latest) return ok(wanted);
  const left = Math.max(0, Math.floor((Date.parse(latest) - Date.parse(now)) / 1000));
  const detail = `A hold of this channel lives ${maximumSeconds} seconds at most, from its creation. Ask for ${left} seconds or fewer.`;
  const errors = [{ pointer: '/seconds', detail: `must be ${left} or fewer` }];
  return beyond('maximumSeconds', maximumSeconds, detail, errors, { latest, left });
}

/** Counters that one hold may touch: with the hold itself, the order that it becomes and its record, they fit one transaction of 100. */
const mostCounters = 90;

/** Refuses a hold whose units lie on more items than one transaction may write. */
export const fitsOneWrite = (taken: readonly unknown[]): Result<true> =>
  taken.length <= mostCounters
    ? ok(true)
    : refuse(
        'limit-exceeded',
        `This hold would touch ${taken.length} counters of SKUs, locations and the channel; ${mostCounters} fit one hold. Hold fewer lines at once.`,
        {
          facts: { limit: 'counters', maximum: mostCounters, wanted: taken.length },
          errors: [{ pointer: '/lines', detail: 'are too many for one hold' }],
        },
      );
