import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Corruption, type Names, corruptionsOf, tampering } from '../../functions/audit/testing/corruptions.ts';
import { names, world } from '../../functions/audit/testing/world.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { auditStock, repairStock } from '../../shared/contracts/audit/apis.ts';
import { readStockLedger } from '../../shared/contracts/ledger/apis.ts';
import { type Change, create, replace } from '../../shared/model/changes.ts';
import { type EntityName, tableNames } from '../../shared/model/entities.ts';
import { type Pool, type Position, type Share, type StockKey } from '../../shared/model/stock/counters.ts';
import { tableVariable } from '../../shared/platform/config.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { auditedIn } from '../../shared/testing/identities.ts';
import { testNow } from '../../shared/testing/world.ts';
import { type App, startApp } from '../testing/app.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const poolOf = ({ sku, pool }: Names): StockKey => ({ level: 'pool', sku, pool });
let app: App;

/** The tables themselves, past every rule: commits and reads as functions do, with nobody's rights. */
async function tables() {
  const [{ commit }, { get }] = await Promise.all([
    import('../../shared/platform/dynamo/commit.ts'),
    import('../../shared/platform/dynamo/read.ts'),
  ]);
  return { commit, get };
}

async function put(changes: readonly Change[]): Promise<void> {
  expect(await (await tables()).commit(changes)).toEqual({ ok: true });
}

beforeAll(async () => {
  app = await startApp();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: app.twin.dynamoDbUrl,
    ...Object.fromEntries(tableNames.map((table) => [tableVariable(table), `crossdock-local-${table}`])),
  });
  const store = await world();
  for (const audited of auditedIn(store)) {
    const { kind, item } = audited;
    if (kind === 'position' || kind === 'pool' || kind === 'share') await put([counted(item)]);
    else await put([create(kind, item)]);
  }
  for (const location of store.all('location')) await put([create('location', location)]);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

/** A counter item of the world in memory, as one write. */
function counted(item: Position | Pool | Share): Change {
  const {
    sku,
    version: _version,
    cause: _cause,
    terms: _terms,
    stripes: _stripes,
    ...rest
  } = { terms: {}, stripes: 1, ...item };
  const add = Object.fromEntries(Object.entries(rest).filter(([, units]) => typeof units === 'number'));
  const pool = item.pool ?? '';
  const key: StockKey =
    'location' in item
      ? { level: 'position', sku, location: item.location }
      : 'channel' in item
        ? { level: 'share', sku, pool, channel: item.channel }
        : { level: 'pool', sku, pool };
  const cause = { operation: 'receive', reference: 'world', actor: 'test', at: testNow };
  return { kind: 'stock', key, add, mayCreate: true, pool, cause };
}

/** Plants a corruption and gives what takes it back. */
async function plant({ planted }: Corruption): Promise<() => Promise<void>> {
  if (planted.kind === 'counter') {
    await put([tampering(planted, new Date().toISOString())]);
    const back = Object.fromEntries(Object.entries(planted.add).map(([counter, units]) => [counter, -units]));
    return () => put([tampering({ ...planted, add: back }, new Date().toISOString())]);
  }
  if (planted.kind === 'gone') {
    await put([{ ...planted, kind: 'delete' }]);
    return () => Promise.resolve();
  }
  if (planted.kind === 'new') {
    const item = planted.item(new Date().toISOString());
    await put([create(planted.entity, item as never)]);
    return () => replaced(planted.entity, item, { ...item, state: 'CLOSED' });
  }
  const before = (await (await tables()).get(planted.entity, planted.id)) as never;
  await replaced(planted.entity, before, planted.change(before));
  return () => replaced(planted.entity, planted.change(before), before);
}

async function replaced(entity: EntityName, from: object, to: object): Promise<void> {
  const expected = 'version' in from && typeof from.version === 'number' ? from.version : 0;
  await put([replace(entity, to as never, expected)]);
}

const audit = async () => mustSucceed(await app.api(auditStock));
const corruptions = corruptionsOf(names).map((one) => [one.what, one] as const);

describe('the auditor on the tables', () => {
  it('finds nothing in a right world', async () => {
    expect(await audit()).toMatchObject({ complete: true, holds: true, findings: [], positions: 2, holdsOfStock: 2 });
  });

  it.each(corruptions)('finds that %s, and repairs it or says who must', async (_what, corruption) => {
    const takeBack = await plant(corruption);
    const { holds, findings } = await audit();
    expect(holds).toBe(false);
    const told = findings.map(({ identity, subject, difference }) => [identity, difference, subject]);
    expect(told).toHaveLength(corruption.found.length);
    expect(told).toEqual(expect.arrayContaining(corruption.found.map(([id, by, of]) => [id, by, of(names)])));
    const { repairs } = mustSucceed(await app.api(repairStock, { body: { findings: findings.map(({ id }) => id) } }));
    for (const { outcome } of repairs) expect(outcome).toBe(corruption.repaired ? 'repaired' : 'for-a-person');
    if (!corruption.repaired) await takeBack();
    expect(await audit()).toMatchObject({ holds: true, findings: [] });
  });

  it('says the same on the command line, with an exit code, and repairs there too', async () => {
    const command = (...args: string[]) =>
      run(process.execPath, ['local/audit/main.ts', '--data', app.dataDir, ...args], { cwd: root });
    expect((await command()).stdout).toContain('Every identity holds.');
    await put([tampering({ kind: 'counter', key: poolOf(names), add: { ats: 2 } }, new Date().toISOString())]);
    await expect(command('--json')).rejects.toMatchObject({ code: 1 });
    expect((await command('--repair')).stdout).toContain('repaired: Corrected: pool-balance of TEE online was +2.');
    expect(await audit()).toMatchObject({ holds: true });
  });

  it('leaves every repair in the ledger', async () => {
    const counters = corruptions.filter(([, { planted, repaired }]) => planted.kind === 'counter' && repaired).length;
    const told = await eventually(
      async () => {
        const query = { limit: 200 };
        const { entries } = mustSucceed(await app.api(readStockLedger, { params: { sku: names.sku }, query }));
        const repairs = entries.filter(({ operation }) => operation === 'repair');
        return new Set(repairs.map(({ reference }) => reference)).size > 0 && repairs.length >= counters
          ? repairs
          : undefined;
      },
      { what: 'the repairs in the ledger' },
    );
    for (const { reason, change } of told) {
      expect(reason).toMatch(/was [+-]\d+/);
      expect(Object.keys(change)).not.toContain('onHand');
    }
  });
});
