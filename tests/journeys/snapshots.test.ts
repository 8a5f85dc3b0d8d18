import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as snapshots from '../../shared/contracts/snapshots/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { stepsOf, unique } from '../testing/steps.ts';

/** Text that has this in it. */
const saying = (text: string): unknown => expect.stringContaining(text);

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

/** A time of this machine's clock that nothing was done at and nothing will be. */
const aMoment = (): Promise<string> => {
  const before = new Date().toISOString();
  return eventually(() => Promise.resolve(new Date().toISOString() > before ? before : undefined), {
    what: 'a moment',
  });
};

async function uploaded(source: string, takenAt: string, content: string | Buffer, format: 'csv' | 'ndjson' = 'csv') {
  const created = mustSucceed(await app.api(snapshots.createSnapshot, { body: { source, takenAt, format } }));
  expect(created.state).toBe('AWAITING_FILE');
  expect((await fetch(created.uploadUrl ?? '', { method: 'PUT', body: content })).status).toBe(200);
  return { snapshotId: created.snapshotId };
}

/** The file in the books, or refused. */
async function applied(params: { snapshotId: string }) {
  mustSucceed(await app.api(snapshots.beginSnapshot, { params }));
  return eventually(
    async () => {
      const snapshot = mustSucceed(await app.api(snapshots.readSnapshot, { params }));
      return snapshot.state === 'APPLYING' ? undefined : snapshot;
    },
    { what: `snapshot ${params.snapshotId} to be over`, deadlineMs: 60_000 },
  );
}

describe('counts of a warehouse', () => {
  it('are folded into the books from a file: work in flight stays, differences are told with their cause', async () => {
    const { given, then } = stepsOf(app.api);
    const location = await given.location(unique('pool'), '02108');
    const [sold, lost, right, fresh] = ['sold', 'lost', 'right', 'fresh'].map(unique) as [
      string,
      string,
      string,
      string,
    ];
    for (const sku of [sold, lost, right]) await given.stock(location, sku, 10);
    const takenAt = await aMoment();
    const lines = [{ sku: sold, delta: -3 }];
    mustSucceed(
      await app.api(stock.adjustStock, { body: { location, reference: unique('till'), reason: 'sale', lines } }),
    );
    const source = unique('wms');
    const csv = [
      'sku,location,onHand',
      `${sold},${location},10`,
      `${lost},${location},8`,
      `${right},${location},10`,
      `${fresh},${location},4`,
      `${right},${location},99`,
      `${right},nowhere,1`,
    ];
    const file = await uploaded(source, takenAt, `\ufeff${csv.join('\r\n')}\r\n`);
    const snapshot = await applied(file);
    expect(snapshot).toMatchObject({
      state: 'APPLIED',
      tally: { rows: 6, matched: 1, inFlight: 1, refused: 2, drift: { 'first-seen': { rows: 1, units: 4 } } },
      problems: [{ line: 6 }, { line: 7 }],
    });
    const onHand = await Promise.all(
      [sold, lost, right, fresh].map(async (sku) => (await then.stock(sku)).positions[0]?.onHand),
    );
    expect(onHand).toEqual([7, 8, 10, 4]);
    const report = await (await fetch(snapshot.reportUrl ?? '')).text();
    expect(report.trim().split('\n')).toHaveLength(4);
    expect((await then.audit()).findings).toEqual([]);

    expect(await app.api(snapshots.beginSnapshot, { params: file })).toMatchObject({ status: 202 });
    const older = await uploaded(source, new Date(Date.parse(takenAt) - 60_000).toISOString(), `${csv.join('\n')}\n`);
    expect(await app.api(snapshots.beginSnapshot, { params: older })).toMatchObject({ status: 409 });
    const listed = mustSucceed(await app.api(snapshots.listSnapshots, { query: { source } }));
    expect(listed.snapshots.map(({ snapshotId }) => snapshotId)).toEqual([file.snapshotId, older.snapshotId]);
  });

  it('that are no counts are refused with what is wrong and what is expected', async () => {
    const source = unique('wms');
    const utf16 = await uploaded(source, await aMoment(), Buffer.from('\ufefflocation,sku,onHand\n', 'utf16le'));
    expect(await applied(utf16)).toMatchObject({ state: 'REFUSED', refusal: saying('UTF-16') });
    const params = {
      snapshotId: mustSucceed(
        await app.api(snapshots.createSnapshot, { body: { source, takenAt: await aMoment(), format: 'csv' } }),
      ).snapshotId,
    };
    expect(await app.api(snapshots.beginSnapshot, { params })).toMatchObject({ status: 422 });
  });

  it('that were cut, or are others than announced, are refused, and a file can be given up', async () => {
    const { given, then } = stepsOf(app.api);
    const location = await given.location(unique('pool'), '02108');
    const [source, sku, takenAt] = [unique('wms'), unique('sku'), await aMoment()];
    await given.stock(location, sku, 12);
    const whole = `location,sku,onHand\n${location},${sku},120`;
    const cut = await uploaded(source, takenAt, whole.slice(0, -1));
    const refused = await app.api(snapshots.beginSnapshot, { params: cut });
    expect(refused).toMatchObject({
      status: 422,
      problem: { code: 'unreadable-file', detail: saying('rowCount or sha256') },
    });
    const body = { source, takenAt, format: 'csv' as const, rowCount: 1 };
    expect(await app.api(snapshots.createSnapshot, { body })).toMatchObject({ problem: { code: 'reference-reused' } });
    for (let twice = 0; twice < 2; twice += 1)
      expect(mustSucceed(await app.api(snapshots.cancelSnapshot, { params: cut })).state).toBe('CANCELLED');
    expect(await app.api(snapshots.createSnapshot, { body })).toMatchObject({
      problem: { detail: saying('was cancelled') },
    });
    expect((await then.stock(sku)).positions).toMatchObject([{ onHand: 12 }]);
  });

  it('come in a request too, each answered; a repeat and an older count change nothing', async () => {
    const { given, then } = stepsOf(app.api);
    const location = await given.location(unique('pool'), '02108');
    const [sku, other] = [unique('sku'), unique('sku')];
    await given.stock(location, sku, 10);
    const [older, takenAt] = [await aMoment(), await aMoment()];
    const source = unique('pos');
    const counted = async (at: string, onHand: number) =>
      mustSucceed(
        await app.api(snapshots.applySnapshotRows, {
          body: {
            source,
            takenAt: at,
            rows: [
              { location, sku, onHand },
              { location, sku: other, onHand: 2 },
            ],
          },
        }),
      ).rows.map(({ outcome, cause }) => cause ?? outcome);
    expect(await counted(takenAt, 9)).toEqual(['lost', 'first-seen']);
    expect(await counted(takenAt, 9)).toEqual(['repeated', 'repeated']);
    expect(await counted(older, 10)).toEqual(['stale', 'stale']);
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 9 }]);
  });
});
