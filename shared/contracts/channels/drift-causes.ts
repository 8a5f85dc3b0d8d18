/**
 * Why a channel shows something else than we would have it show. Drift, and told again: `changed-at-channel` (it acknowledged our quantity and shows
 * another), `call-lost` (a call had no answer, and it still shows what it showed before), `unknown-there` (listed here, not known there), `locations-differ` (the total is
 * right, its parts are not), `not-recorded` (what its pool can sell was never recorded for it, so it was not even
 * to be told: an event was lost). Drift, and left to a person: `refused` (the channel will not have the quantity). No drift: `sold-there` (less than told, and
 * what we can sell fell soon after; told again only where the channel is to show as much as before, by its cap), `not-told-yet` (it is about to be told, or was told while it was looked at).
 */
export const driftCauses = [
  'changed-at-channel',
  'call-lost',
  'unknown-there',
  'locations-differ',
  'not-recorded',
  'refused',
  'sold-there',
  'not-told-yet',
] as const;
/** One of them. */
export type DriftCause = (typeof driftCauses)[number];

/** Whether a difference for this cause is drift. */
export const isDrift = (cause: DriftCause): boolean => cause !== 'sold-there' && cause !== 'not-told-yet';
