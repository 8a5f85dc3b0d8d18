import { setTimeout as pause } from 'node:timers/promises';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ok } from '../../../shared/kernel/result.ts';
import { systemClock } from '../../../shared/kernel/time.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { get } from '../../../shared/platform/dynamo/read.ts';
import * as files from '../../../shared/platform/files/files.ts';
import { FileReplaced, type SnapshotPorts } from '../ports.ts';
import { ledger } from './ledger.ts';
import { locations } from './locations.ts';
import { positions } from './positions.ts';

/** The snapshots capability on DynamoDB and S3. */
export const awsPorts: SnapshotPorts = {
  clock: systemClock,
  commit,
  locations,
  positions,
  ledger,
  source: (source) => get('snapshotSource', { source }),
  snapshot: (snapshotId) => get('snapshot', { snapshotId }),
  snapshotsOf,
  pause,
  stored: files.stored,
  read,
  write: files.write,
  uploadUrl: files.uploadUrl,
  downloadUrl: files.downloadUrl,
};

async function* read(key: string, tag?: string, from = 0): AsyncGenerator<Uint8Array, void> {
  try {
    yield* files.readFrom(key, from, tag);
  } catch (cause) {
    throw cause instanceof files.FileReplaced ? new FileReplaced(key, { cause }) : cause;
  }
}

/** The listing holds keys only; each snapshot is read by its own. */
async function snapshotsOf(source: string, request: Parameters<SnapshotPorts['snapshotsOf']>[1]) {
  const page = await listingPage('stock', `SNAPSHOTS#${source}`, request, 'newest-first');
  if (!page.ok) return page;
  const ids = page.value.items.map((item) => String(unmarshall(item)['pk']).slice('SNAPSHOT#'.length));
  const found = await Promise.all(ids.map((snapshotId) => get('snapshot', { snapshotId })));
  const snapshots = found.filter((snapshot): snapshot is Snapshot => snapshot !== undefined);
  return ok({ snapshots, ...(page.value.cursor !== undefined && { cursor: page.value.cursor }) });
}
