import { afterAll, beforeAll } from 'vitest';
import { commit } from '../../shared/platform/dynamo/commit.ts';
import { get, getOnce, stockOf } from '../../shared/platform/dynamo/read.ts';
import { storeContract } from '../../shared/testing/store-contract.ts';
import { startTables } from './dynamo.ts';

let stop: () => Promise<void>;

beforeAll(async () => {
  stop = await startTables();
});
afterAll(() => stop());

storeContract('on DynamoDB', () => ({ commit, get, stockOf, getOnce }));
