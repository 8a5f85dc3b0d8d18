import { createHash } from 'node:crypto';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type SnapshotPorts, type StoredFile } from '../ports.ts';
import { foreignEncoding } from './encoding.ts';
import { fileKey } from './snapshot.ts';

type Ports = Pick<SnapshotPorts, 'read'>;

const newline = 0x0a;
/** Bytes up to the blank are no content: a line of these alone is no row. */
const blank = 0x20;

/**
 * Refuses a CSV file that may have been cut inside its last number, where 120 became 12: its last line has no end, and nobody has said how
 * many rows there are or what its checksum is. A cut NDJSON line is no whole object, and is told by itself.
 */
export async function refuseCutOff(
  ports: Ports,
  snapshot: Snapshot,
  { tag, bytes }: StoredFile,
): Promise<Result<true>> {
  const isCertain = snapshot.sha256 !== undefined || snapshot.rowCount !== undefined;
  if (snapshot.format !== 'csv' || isCertain || bytes === 0) return ok(true);
  const read = (from: number) => firstPiece(ports.read(fileKey(snapshot), tag, from));
  if ((await read(bytes - 1))[0] === newline || foreignEncoding(await read(0)) !== undefined) return ok(true);
  return refuse(
    'unreadable-file',
    'The last line of the file has no line end, so its last number may have been cut off. Upload the file with a line end after its last ' +
      'row, or cancel this snapshot and announce the file with its rowCount or sha256.',
  );
}

async function firstPiece(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const piece of bytes) return piece;
  return new Uint8Array();
}

/**
 * Why a file is not the one that was announced, if it is not. It is read once more for that, before its first row is applied, and only if
 * a checksum or a number of rows was announced.
 */
export async function unlikeAnnounced(ports: Ports, snapshot: Snapshot): Promise<string | undefined> {
  const { sha256, rowCount, format, progress } = snapshot;
  if ((sha256 === undefined && rowCount === undefined) || progress.lines > 0) return undefined;
  const file = await weighed(ports.read(fileKey(snapshot), snapshot.file));
  const rows = Math.max(0, file.lines - (format === 'csv' ? 1 : 0));
  const remedy = 'Nothing of it was applied. Announce and upload it again.';
  if (rowCount !== undefined && rows !== rowCount)
    return `The file has ${rows} rows, and ${rowCount} were announced. ${remedy}`;
  if (sha256 !== undefined && file.sha256 !== sha256)
    return `The file has the SHA-256 ${file.sha256}, and ${sha256} was announced. ${remedy}`;
  return undefined;
}

/** The checksum of a file and how many of its lines are not blank. */
async function weighed(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let lines = 0;
  let hasContent = false;
  for await (const piece of bytes) {
    hash.update(piece);
    for (const byte of piece) {
      if (byte === newline) hasContent = false;
      else if (byte > blank && !hasContent) {
        hasContent = true;
        lines += 1;
      }
    }
  }
  return { sha256: hash.digest('hex'), lines };
}
