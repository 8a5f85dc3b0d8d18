import { ok } from '../../../shared/kernel/result.ts';
import { type CommitChanges } from '../../../shared/model/changes.ts';
import { entryOf } from '../../../shared/model/ledger/entry.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation } from '../../../shared/testing/world.ts';
import { FileReplaced, type Movement, type ShelfId, type SnapshotPorts } from '../ports.ts';

/** The world of snapshots in memory, with handles on what a test wants to decide. */
export interface MemoryWorld {
  readonly ports: SnapshotPorts;
  readonly store: MemoryStore;
  readonly files: Map<string, Buffer>;
  /** Writes done in any way, with their ledger. */
  readonly commit: CommitChanges;
  /** Ledger entries that do not show yet. */
  hiddenEntries: number;
  /** The time, in milliseconds; each question for it passes one. */
  time: number;
  /** Milliseconds that were waited. */
  waited: number;
}

/** Files come in pieces that are small, so that a small one has several. */
const pieceBytes = 64;
const began = Date.parse('2026-11-22T09:30:00.000Z');

/** Locations `east` and `west` of the pool `online`, and `outlet` of none; nothing on their shelves. */
export function memoryWorld(): MemoryWorld {
  const store = memoryStore();
  const { pool: _pool, ...outlet } = aLocation('outlet');
  store.given('location', aLocation('east'), aLocation('west'), outlet);
  const entries = new Map<string, Movement[]>();
  const files = new Map<string, Buffer>();
  const commit = keepingLedger(store, entries);
  const world: MemoryWorld = {
    store,
    files,
    commit,
    hiddenEntries: 0,
    time: began,
    waited: 0,
    ports: {
      ...filePorts(files),
      clock: { now: () => new Date((world.time += 1)).toISOString() },
      commit,
      locations: () => Promise.resolve(store.all('location')),
      positions: (shelves) => Promise.resolve(shelves.map((shelf) => positionOf(store, shelf))),
      ledger: async function* ({ sku, location }, fromVersion) {
        const shown = (entries.get(`${sku} ${location}`) ?? []).slice(0, -world.hiddenEntries || undefined);
        yield* shown.filter(({ version }) => version <= fromVersion).reverse();
        await Promise.resolve();
      },
      source: (source) => store.get('snapshotSource', { source }),
      snapshot: (snapshotId) => store.get('snapshot', { snapshotId }),
      snapshotsOf: (source) =>
        Promise.resolve(ok({ snapshots: store.all('snapshot').filter((one) => one.source === source) })),
      pause: (milliseconds) => {
        world.time += milliseconds;
        world.waited += milliseconds;
        return Promise.resolve();
      },
    },
  };
  return world;
}

/** The position of a shelf. */
export const positionOf = (store: MemoryStore, { sku, location }: ShelfId): Position | undefined =>
  store.stock().positions.find((one) => one.sku === sku && one.location === location);

/** Every write of a position leaves its entry, as the table's stream does. */
const keepingLedger =
  (store: MemoryStore, entries: Map<string, Movement[]>): CommitChanges =>
  async (changes, once) => {
    const keys = changes.flatMap((one) => (one.kind === 'stock' && one.key.level === 'position' ? [one.key] : []));
    const before = keys.map((key) => positionOf(store, key));
    // The store commits as it is called: what others commit at the same time is not among what is read after it.
    const committing = store.commit(changes, once);
    const after = keys.map((key) => positionOf(store, key));
    const outcome = await committing;
    if (!outcome.ok) return outcome;
    for (const [index, key] of keys.entries()) {
      const now = after[index];
      if (now === undefined) continue;
      const name = `${key.sku} ${key.location}`;
      entries.set(name, [...(entries.get(name) ?? []), entryOf(key, before[index], now)]);
    }
    return outcome;
  };

function filePorts(files: Map<string, Buffer>) {
  const tagOf = (content: Buffer): string => content.toString('base64');
  return {
    stored: (key: string) => {
      const content = files.get(key);
      return Promise.resolve(content && { tag: tagOf(content), bytes: content.length });
    },
    async *read(key: string, tag?: string, first = 0) {
      const content = files.get(key);
      if (content === undefined || (tag !== undefined && tagOf(content) !== tag)) throw new FileReplaced(key);
      for (let from = first; from < content.length; from += pieceBytes) yield content.subarray(from, from + pieceBytes);
      await Promise.resolve();
    },
    async write(key: string, content: Uint8Array | AsyncIterable<Uint8Array>, bytes: number) {
      const pieces: Uint8Array[] = content instanceof Uint8Array ? [content] : [];
      if (!(content instanceof Uint8Array)) for await (const piece of content) pieces.push(piece);
      const whole = Buffer.concat(pieces);
      if (whole.length !== bytes) throw new Error(`${bytes} bytes were announced, and ${whole.length} came`);
      files.set(key, whole);
    },
    uploadUrl: (key: string) => Promise.resolve(`https://files/put/${key}`),
    downloadUrl: (key: string) => Promise.resolve(`https://files/get/${key}`),
  };
}
