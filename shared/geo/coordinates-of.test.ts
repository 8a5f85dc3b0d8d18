import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coordinates, distanceKm } from '../kernel/geo.ts';
import { coordinatesOf, placeIn } from './coordinates-of.ts';
import { postalRules } from './postal-code.ts';
import { centroidsByOrdinal, readCentroids } from './postal-source.ts';
import { postalTable } from './postal-table.ts';

const near = (place: Coordinates | undefined, latitude: number, longitude: number): number =>
  place === undefined ? Infinity : distanceKm(place, { latitude, longitude });

describe('coordinatesOf', () => {
  it.each([
    ['US', '10001', 40.75, -74.0],
    ['US', '94103', 37.77, -122.41],
    ['CA', 'M5V', 43.64, -79.39],
    ['GB', 'SW1A', 51.5, -0.13],
    ['DE', '10115', 52.53, 13.38],
    ['FR', '75001', 48.86, 2.34],
    ['BR', '01310-100', -23.56, -46.65],
    // Districts of São Paulo, Rio and Salvador, for which GeoNames has the city's first code only.
    ['BR', '04726', -23.64, -46.7],
    ['BR', '22041', -22.97, -43.19],
    ['BR', '41810', -12.99, -38.46],
    ['AU', '2000', -33.87, 151.21],
  ])('%s %s lies where it should', (country, code, latitude, longitude) => {
    expect(near(coordinatesOf(country, code), latitude, longitude)).toBeLessThan(15);
  });

  it.each([
    ['US', '02108', ['02108-1234', '021081234', '2108', '2108-1234', ' 02108 ']],
    ['CA', 'M5V', ['M5V 3L9', 'm5v3l9', 'M5V-3L9']],
    ['GB', 'SW1A', ['SW1A 1AA', 'sw1a1aa', 'SW1A']],
    ['GB', 'M1', ['M1 1AE', 'm11ae']],
    ['DE', '01067', ['D-01067', '1067', 'DE 01067']],
    ['BR', '01310-100', ['01310100', '01310.100']],
    ['FR', '75008', ['75008 CEDEX 08', 'F-75008']],
    ['PL', '00-002', ['00002', '00 002']],
  ])('%s %s is read in every spelling', (country, code, spellings) => {
    for (const spelling of spellings) expect(coordinatesOf(country, spelling)).toEqual(coordinatesOf(country, code));
  });

  it('falls back to the country, and knows what it does not know', () => {
    expect(near(coordinatesOf('DE', undefined), 51, 10)).toBeLessThan(150);
    expect(coordinatesOf('DE', 'unknown')).toEqual(coordinatesOf('DE', undefined));
    expect(coordinatesOf('US', '00901')).toEqual(coordinatesOf('US', undefined));
    expect(coordinatesOf('JP', '100-0001')).toBeUndefined();
    expect(coordinatesOf('constructor', '1')).toBeUndefined();
  });

  it('answers whatever is written there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(postalRules)), fc.string(), (country, code) => {
        const place = coordinatesOf(country, code);
        expect(Math.abs(place?.latitude ?? NaN)).toBeLessThanOrEqual(90);
        expect(Math.abs(place?.longitude ?? NaN)).toBeLessThanOrEqual(180);
      }),
    );
  });
});

/** The source is not part of the repository; where it lies beside it, every code is checked. */
const source = new URL('../../../shared/inputs/postal/postal_centroids.csv.gz', import.meta.url);

describe.skipIf(!existsSync(source))(
  'against the source (skipped where postal_centroids.csv.gz is not at hand)',
  () => {
    it('every code of every country lies within 10 km of its centroid', () => {
      const worst = new Map<string, number>();
      for (const [country, places] of centroidsByOrdinal(readCentroids(gunzipSync(readFileSync(source)).toString()))) {
        const table = postalTable().get(country);
        const rule = postalRules[country];
        if (table === undefined || rule === undefined) throw new Error(`no table of ${country}`);
        worst.set(
          country,
          places.reduce(
            (most, [ordinal, place]) => Math.max(most, distanceKm(placeIn(table, rule, ordinal), place)),
            0,
          ),
        );
      }
      expect([...worst.keys()]).toEqual(Object.keys(postalRules));
      for (const [country, error] of worst) expect(error, country).toBeLessThanOrEqual(10);
    });
  },
);
