import { fromEpoch, utc } from '../kit/times.ts';
import { type WalmartMoment } from './payload.ts';

/** Counts above this are milliseconds: as seconds they would be after the year 5000. */
const firstMilliseconds = 100_000_000_000;

/** A moment of Walmart, RFC 3339 UTC: epoch milliseconds (orders), seconds (some events), or text; `undefined` when it is none. */
export function momentOf(moment: WalmartMoment): string | undefined {
  if (typeof moment === 'string' && !/^\d+$/.test(moment)) return utc(moment);
  return fromEpoch(moment, Number(moment) >= firstMilliseconds ? 'milliseconds' : 'seconds');
}
