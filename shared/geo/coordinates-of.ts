import { type Coordinates } from '../kernel/geo.ts';
import { type PostalRule, ordinalOf, postalRules, zoneOf } from './postal-code.ts';
import { type PostalRuns, degreesPerStep } from './postal-runs.ts';
import { postalTable } from './postal-table.ts';

/**
 * Where a postal code lies, to within 10 km of its centroid in GeoNames (see README.md). A code that is not known gets the place of the
 * known code before or after it in the same zone, then the middle of its country.
 * @param country ISO 3166-1 alpha-2
 * @param postalCode as people write it: any case and spacing, with or without ZIP+4, a British inward part or a lost leading zero
 * @returns `undefined` for a country that the table does not have
 */
export function coordinatesOf(country: string, postalCode: string | undefined): Coordinates | undefined {
  const rule = postalRules[country];
  const runs = rule && postalTable().get(country);
  if (rule === undefined || runs === undefined) return undefined;
  const code = rule.read(postalCode ?? '');
  return placeIn(runs, rule, code === '' ? -1 : ordinalOf(code, rule));
}

/** The place of a code by its ordinal, in one country's table; the country's middle where its zone is not known. */
export function placeIn(runs: PostalRuns, rule: PostalRule, ordinal: number): Coordinates {
  const index = runOf(ordinal, rule, runs);
  return index === undefined ? middleOf(runs) : placeOf(runs, index);
}

/** The run that a code is in, or the next one in its zone. */
function runOf(ordinal: number, rule: PostalRule, { starts }: PostalRuns): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= ordinal) low = middle + 1;
    else high = middle;
  }
  const sameZone = (index: number): boolean => zoneOf(starts[index] ?? -1, rule) === zoneOf(ordinal, rule);
  return [low - 1, low].find((index) => index >= 0 && index < starts.length && sameZone(index));
}

const placeOf = ({ latitudes, longitudes }: PostalRuns, index: number): Coordinates => ({
  latitude: (latitudes[index] ?? 0) * degreesPerStep,
  longitude: (longitudes[index] ?? 0) * degreesPerStep,
});

const middles = new WeakMap<PostalRuns, Coordinates>();

function middleOf(runs: PostalRuns): Coordinates {
  const known = middles.get(runs);
  if (known !== undefined) return known;
  const mean = (values: Int16Array): number =>
    (values.reduce((sum, value) => sum + value, 0) / values.length) * degreesPerStep;
  const middle = { latitude: mean(runs.latitudes), longitude: mean(runs.longitudes) };
  middles.set(runs, middle);
  return middle;
}
