import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { beginSnapshot, createSnapshot, readSnapshot } from '../../shared/contracts/snapshots/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type Table } from '../report.ts';
import { sum } from '../statistics.ts';
import { type HostedTwin, startHostedTwin, withFolder } from '../twin/hosted-twin.ts';
import { audit, type AuditRun } from './audit.ts';
import { drifting, writeCounts } from './counts-file.ts';
import { type RunPart } from './part.ts';
import { seed, stocked } from './seed.ts';
import { type Sizes } from './sizes.ts';

const locations = 10;
const unitsAtEach = 20;
const limitMb = 300;
/** Of the process that runs all functions: Node collects late where it need not, and then a peak says nothing of what is needed. */
const heapMb = 160;
const source = 'wms-bench';
/** Longer than any run takes; the address for the upload lives for a quarter of an hour. */
const deadlineMs = 60 * 60_000;
const megabyte = 1024 ** 2;

/** One application of a file. */
interface Applied {
  readonly name: string;
  readonly rows: number;
  readonly matched: number;
  readonly drifted: number;
  readonly otherwise: number;
  readonly uploadMs: number;
  readonly applyMs: number;
  /** Until the ledger and all events had followed too. */
  readonly settledMs: number;
  readonly beforeMb: number;
  readonly peakMb: number;
}

/** A file of counts of every position, the same again, and an audit of it all. */
export const snapshot: RunPart = (sizes, say) =>
  withFolder(async (dataDir) => {
    const stock = stocked('wms', sizes.rows, locations, unitsAtEach);
    const began = performance.now();
    await seed(dataDir, [stock]);
    say(`seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const file = path.join(dataDir, 'counts.csv');
    await writeCounts(file, stock, sizes.oneDriftIn);
    const twin = await startHostedTwin({ dataDir, heapMb });
    try {
      const first = await apply(twin, 'first', file, say);
      const again = await apply(twin, 'the same counts, taken later', file, say);
      say('audit');
      const audited = await audit(twin.dynamoDbUrl).catch((error: unknown) => String(error));
      return {
        notes: [...snapshotNotes([first, again], sizes), auditNote(audited)],
        tables: tablesOf([first, again], audited),
      };
    } finally {
      await twin.stop();
    }
  }, 'memory');

async function apply(twin: HostedTwin, name: string, file: string, say: (line: string) => void): Promise<Applied> {
  const body = { source, takenAt: new Date().toISOString(), format: 'csv' as const };
  const { snapshotId, uploadUrl = '' } = mustSucceed(await twin.api(createSnapshot, { body }));
  const began = performance.now();
  const { status } = await fetch(uploadUrl, { method: 'PUT', body: await openAsBlob(file) });
  if (status !== 200) throw new Error(`the upload was answered with ${status}`);
  const uploaded = performance.now();
  await twin.ask('resetPeak');
  const before = await twin.ask('memory');
  const params = { snapshotId };
  mustSucceed(await twin.api(beginSnapshot, { params }));
  const over = await untilOver(twin, params, say);
  const applied = performance.now();
  const after = await twin.ask('memory');
  await twin.ask('drained');
  const { tally } = over;
  const drifted = sum(Object.values(tally.drift).map(({ rows }) => rows));
  return {
    ...{ name, rows: tally.rows, matched: tally.matched, drifted, otherwise: tally.rows - tally.matched - drifted },
    uploadMs: uploaded - began,
    applyMs: applied - uploaded,
    settledMs: performance.now() - uploaded,
    beforeMb: (before?.now ?? NaN) / megabyte,
    peakMb: (after?.peak ?? NaN) / megabyte,
  };
}

async function untilOver(twin: HostedTwin, params: { readonly snapshotId: string }, say: (line: string) => void) {
  let told = performance.now();
  const over = await eventually(
    async () => {
      const found = mustSucceed(await twin.api(readSnapshot, { params }));
      if (performance.now() - told > 20_000) {
        told = performance.now();
        say(`${found.tally.rows} rows`);
      }
      return found.state === 'APPLYING' ? undefined : found;
    },
    { what: `snapshot ${params.snapshotId} to be over`, deadlineMs, everyMs: 500 },
  );
  if (over.state !== 'APPLIED') throw new Error(`the snapshot is ${over.state}: ${over.refusal ?? ''}`);
  return over;
}

function snapshotNotes([first, again]: readonly Applied[], sizes: Sizes): string[] {
  const expected = drifting(sizes.rows, sizes.oneDriftIn);
  const isRight = first?.drifted === expected && first.otherwise === 0;
  const isSame = again?.drifted === 0 && again.otherwise === 0;
  return [
    `Snapshot: ${locations} locations with ${Math.ceil(sizes.rows / locations)} SKUs each; positions and pools were written beforehand with BatchWriteItem straight into the twin's DynamoDB, before its tables had streams and dated a week back (no ledger entries for them). The CSV goes up by the presigned address, then the deployed function applies it; one row in ${sizes.oneDriftIn} has one unit more than the books. Expected to differ: ${expected}; found: ${first?.drifted ?? NaN}, ${isRight ? 'exactly these' : '**NOT THE SAME**'}. The same counts again, as a newer snapshot: ${isSame ? 'nothing changed' : '**SOMETHING CHANGED**'}. Memory: resident peak (VmHWM, reset before) of the process that hosts ALL functions in one isolate, so the part before it is not the function's own; its heap is limited to ${heapMb} MB, as Lambda limits it by its memory; limit ${limitMb} MB. Data in memory (/dev/shm).`,
  ];
}

/** The audit comes last: where it failed, the snapshots were measured all the same. */
function auditNote(audited: AuditRun | string): string {
  if (typeof audited === 'string') return `**audit: NOT MEASURED.** ${audited.slice(0, 500)}`;
  const { exitCode, holds, findings } = audited;
  return `Audit: the code of \`npm run audit\` in a process of its own over the same tables, after both snapshots, ledger settled: exit code ${exitCode}, ${holds ? 'every identity holds' : `**${findings} findings**`}. Its peak is that of its whole process (VmHWM), of which Node with the sources loaded is some 120 MB.`;
}

const tablesOf = (applied: readonly Applied[], audited: AuditRun | string): Table[] => [
  snapshotTable(applied),
  ...(typeof audited === 'string' ? [] : [auditTable(audited)]),
];

const snapshotTable = (applied: readonly Applied[]): Table => ({
  title: 'A snapshot as CSV, through the deployed function',
  columns: [
    'snapshot',
    'rows',
    'matched',
    'changed',
    'otherwise',
    'upload s',
    'apply s',
    'rows/s',
    'settled s',
    'MB before',
    'MB peak',
    'MB added',
    `within ${limitMb} MB`,
  ],
  rows: applied.map((one) => [
    one.name,
    one.rows,
    one.matched,
    one.drifted,
    one.otherwise,
    one.uploadMs / 1000,
    one.applyMs / 1000,
    (one.rows / one.applyMs) * 1000,
    one.settledMs / 1000,
    one.beforeMb,
    one.peakMb,
    one.peakMb - one.beforeMb,
    one.peakMb <= limitMb ? 'yes' : 'NO',
  ]),
});

const auditTable = ({ positions, items, milliseconds, peakBytes }: AuditRun): Table => ({
  title: 'The auditor over the same positions',
  columns: ['positions', 'items', 's', 'positions/s', 'MB peak', `within ${limitMb} MB`],
  rows: [
    [
      positions,
      items,
      milliseconds / 1000,
      (positions / milliseconds) * 1000,
      peakBytes / megabyte,
      peakBytes / megabyte <= limitMb ? 'yes' : 'NO',
    ],
  ],
});
