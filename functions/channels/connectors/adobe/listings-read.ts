import Big from 'big.js';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { get, searchQuery } from './api.ts';
import { judged } from './judge.ts';
import { needs } from './needs.ts';

const products = z.looseObject({ items: z.array(z.looseObject({ sku: z.string() })).nullish() });
const configs = z.array(z.looseObject({ weight_unit: z.string().nullish() }));
const websites = z.array(z.looseObject({ id: z.int(), code: z.string() }));

/** Which of some SKUs the store has. Source: GET /V1/products */
export async function findSkus(connection: Connection, skus: readonly string[]): Promise<Result<ReadonlySet<string>>> {
  const filter = { field: 'sku', value: skus.join(','), condition: 'in' as const };
  const query = [...searchQuery([filter], { pageSize: skus.length }), ['fields', 'items[sku]'] as const];
  const answer = await get(connection, 'all/V1/products', query);
  const came = answer.ok ? judged(answer.value, 'find products', products) : answer;
  return came.ok ? ok(new Set((came.value.items ?? []).map(({ sku }) => sku))) : came;
}

/** Grams in a unit of weight that a store may have. Source: general/locale/weight_unit */
const gramsIn: Readonly<Record<string, string>> = { kgs: '1000', lbs: '453.59237' };

/** Writes grams in the store's own unit; `undefined` where it does not say which: weights are left as they are. Source: GET /V1/store/storeConfigs */
export async function weightWriter(connection: Connection): Promise<Result<((grams: number) => number) | undefined>> {
  const answer = await get(connection, 'V1/store/storeConfigs');
  const came = answer.ok ? judged(answer.value, 'say its unit of weight', configs) : answer;
  if (!came.ok) return came;
  const grams = gramsIn[came.value[0]?.weight_unit ?? ''];
  return ok(grams === undefined ? undefined : (weight) => new Big(weight).div(grams).round(4).toNumber());
}

/** The website that the channel sells on. Refusals: `not-found` where the store has none of that code. Source: GET /V1/store/websites */
export async function websiteId(connection: Connection): Promise<Result<number>> {
  const code = settingOf(connection.channel, needs, 'websiteCode');
  const answer = await get(connection, 'V1/store/websites');
  const came = answer.ok ? judged(answer.value, 'list its websites', websites) : answer;
  if (!came.ok) return came;
  const website = came.value.find((one) => one.code === code);
  return website === undefined
    ? refuse('not-found', `The store has no website ${code}: correct the channel's setting websiteCode.`)
    : ok(website.id);
}
