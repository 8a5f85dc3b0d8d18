import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';

const daySeconds = 86_400;

/** The part of a day's revisions that is kept for what is urgent. */
const keptPart = 10;
/** The part that goes at once: few listings change more often than that in a day. */
const freePart = 4;

/**
 * When a listing may be revised again, where its channel limits that by the day (UTC); `undefined`: now. What is urgent goes as long as a revision is left. What
 * is not goes for the first quarter, then is spread over what is left of the day, and leaves the last tenth alone.
 */
export function revisableAt(
  { revisions, publishedAt, due }: ListingOffer,
  perDay: number,
  now: string,
): string | undefined {
  const day = now.slice(0, 10);
  const midnight = plusSeconds(`${day}T00:00:00.000Z`, daySeconds);
  const used = revisions?.day === day ? revisions.count : 0;
  if (used >= perDay) return midnight;
  if (due?.urgency === 'now') return undefined;
  const spare = perDay - used - Math.ceil(perDay / keptPart);
  if (spare <= 0) return midnight;
  if (used < perDay / freePart || publishedAt === undefined) return undefined;
  const gapSeconds = (Date.parse(midnight) - Date.parse(publishedAt)) / 1000 / spare;
  const at = plusSeconds(publishedAt, gapSeconds);
  return at > now ? at : undefined;
}
