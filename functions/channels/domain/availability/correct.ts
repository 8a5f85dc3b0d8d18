import { type Listing } from '../../../../shared/model/network/network.ts';
import { type DriftRepair } from '../../../../shared/model/channels/drift-run.ts';
import { next } from './record.ts';
import { type Judged, withDue } from './urgency.ts';

/**
 * Has a channel told again what it turned out to show otherwise. What it was seen to show takes the place of what it had acknowledged, so that it is compared
 * with what is there; what it is told is what it should show by then, never what it was compared with. More than it may sell is told first.
 * @returns what to write; `undefined` where the listing is another by now: then it is, or was, told anyway
 */
export function corrected(current: Listing, { version, seen }: DriftRepair, how: Judged): Listing | undefined {
  const { offer } = current;
  if (offer === undefined || current.version !== version || offer.due !== undefined || offer.refused !== undefined)
    return undefined;
  const { published: _published, publishedLocations: _locations, ...rest } = offer;
  const shown = {
    ...rest,
    ...(seen && { published: seen.quantity }),
    ...(seen?.locations && { publishedLocations: seen.locations }),
  };
  const told = withDue(shown, { since: how.now, shown: seen?.quantity }, how);
  const isTooMuch = seen !== undefined && seen.quantity > offer.wanted;
  return next(current, isTooMuch && told.due ? { ...told, due: { ...told.due, urgency: 'now' } } : told);
}
