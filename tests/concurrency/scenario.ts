import { unique } from '../testing/steps.ts';
import { type Place } from './place.ts';

/** Something that many do at once, and what must be true afterwards; it throws when it is not. */
export interface Scenario {
  readonly name: string;
  readonly run: (place: Place) => Promise<void>;
}

/** A pool of its own with a location, a channel and so many units of some SKUs. */
export async function shopOf({ steps: { given } }: Place, units: number, skus = 1) {
  const pool = unique('pool');
  const location = await given.location(pool, '02108');
  const names = Array.from({ length: skus }, () => unique('HOT'));
  for (const sku of names) await given.stock(location, sku, units);
  return { pool, location, skus: names, sku: names[0] ?? '', channelId: await given.channel(pool) };
}
