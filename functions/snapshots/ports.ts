import { type Clock } from '../../shared/kernel/time.ts';
import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type LedgerEntry } from '../../shared/model/ledger/entry.ts';
import { type Location } from '../../shared/model/network/network.ts';
import { type Position } from '../../shared/model/stock/counters.ts';
import { type Snapshot, type SnapshotSource } from '../../shared/model/stock/snapshot.ts';

/** A SKU at a location. */
export interface ShelfId {
  readonly sku: string;
  readonly location: string;
}

/** One write to a position, as the ledger has it. */
export type Movement = Pick<LedgerEntry, 'version' | 'at' | 'occurredAt' | 'operation' | 'reference' | 'change'>;

/** A file as it is read: bytes from its beginning, all of one upload. */
export interface StoredFile {
  readonly tag: string;
  readonly bytes: number;
}

/** A file is not the one any more that was meant. */
export class FileReplaced extends Error {}

/** Which page of a listing. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What folding counts into the books needs. */
export interface FoldPorts {
  readonly clock: Clock;
  commit: CommitChanges;
  /** Every location; snapshots speak of many, and there are few. */
  locations(): Promise<readonly Location[]>;
  /** The positions of up to 100 shelves, consistently, in the order that was asked; `undefined` where there is none. */
  positions(shelves: readonly ShelfId[]): Promise<readonly (Position | undefined)[]>;
  /** The ledger of a position from a version downwards, newest first, read on only as far as it is asked for. */
  ledger(shelf: ShelfId, fromVersion: number): AsyncIterable<Movement>;
  source(source: string): Promise<SnapshotSource | undefined>;
  snapshot(snapshotId: string): Promise<Snapshot | undefined>;
  /** Lets time pass: for history that is not there yet, and for requests in flight. */
  pause(milliseconds: number): Promise<void>;
}

/** What snapshots need of the world. */
export interface SnapshotPorts extends FoldPorts {
  snapshotsOf(
    source: string,
    page: PageRequest,
  ): Promise<Result<{ readonly snapshots: readonly Snapshot[]; readonly cursor?: string }>>;
  /** What is uploaded under a key; nothing yet, if nothing. */
  stored(key: string): Promise<StoredFile | undefined>;
  /**
   * The bytes of a file, from its beginning or another byte on.
   * @throws FileReplaced when it is not the one with this tag any more
   */
  read(key: string, tag?: string, from?: number): AsyncIterable<Uint8Array>;
  /** Writes a file as a whole, from as many bytes as are said. */
  write(key: string, content: Uint8Array | AsyncIterable<Uint8Array>, bytes: number): Promise<void>;
  /** An address to PUT a file to, for some seconds. */
  uploadUrl(key: string, seconds: number): Promise<string>;
  /** An address to GET a file from, for some seconds. */
  downloadUrl(key: string, seconds: number): Promise<string>;
}
