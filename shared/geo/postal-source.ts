import { type Coordinates } from '../kernel/geo.ts';
import { ordinalOf, postalRules } from './postal-code.ts';

/** One centroid of the source. */
export interface PostalCentroid extends Coordinates {
  readonly country: string;
  readonly postalCode: string;
}

/**
 * Reads the source of the table, a CSV with the columns `country,postal_code,lat,lng,…`; build script and tests only.
 * @throws Error when a line is not of that form
 */
export function readCentroids(csv: string): PostalCentroid[] {
  const [, ...lines] = csv.split('\n').filter(Boolean);
  return lines.map((line) => {
    const [country = '', postalCode = '', latitude, longitude] = line.replaceAll('"', '').split(',');
    const centroid = { country, postalCode, latitude: Number(latitude), longitude: Number(longitude) };
    if (Number.isNaN(centroid.latitude + centroid.longitude)) throw new Error(`no centroid: ${line}`);
    return centroid;
  });
}

/** The centroids of each country by the ordinal of their codes, ascending; of codes that are read the same, the first stands. */
export function centroidsByOrdinal(centroids: readonly PostalCentroid[]): ReadonlyMap<string, [number, Coordinates][]> {
  const countries = new Map(Object.keys(postalRules).map((country) => [country, new Map<number, Coordinates>()]));
  for (const { country, postalCode, latitude, longitude } of centroids) {
    const rule = postalRules[country];
    const code = rule?.read(postalCode) ?? '';
    if (rule === undefined || code === '') continue;
    const ordinal = ordinalOf(code, rule);
    const places = countries.get(country);
    if (places?.has(ordinal) === false) places.set(ordinal, { latitude, longitude });
  }
  return new Map([...countries].map(([country, places]) => [country, [...places].sort(([a], [b]) => a - b)]));
}
