import { environmentOf } from '../lambda/environment.ts';
import { functionConfigOf } from '../lambda/function-config.ts';
import { FunctionPool, type PoolOptions } from '../lambda/pool.ts';
import { fixtureResources } from './account.ts';

/** A pool with the fixture's functions; `name` finds a function by its construct id. */
export async function fixturePool(options: Partial<PoolOptions> = {}) {
  const resources = (await fixtureResources()).filter(({ type }) => type === 'AWS::Lambda::Function');
  const functions = resources.map(functionConfigOf);
  const surroundings = { region: 'us-east-1', awsUrl: 'http://127.0.0.1:1', dynamoDbUrl: 'http://127.0.0.1:2' };
  const pool = new FunctionPool({
    functions,
    environmentOf: (config) => environmentOf(config, surroundings),
    unresponsiveAfterMs: 300,
    ...options,
  });
  await pool.ready();
  const name = (id: string): string => functions.find((each) => each.name.startsWith(`Shop-${id}`))?.name ?? id;
  return { pool, functions, name };
}
