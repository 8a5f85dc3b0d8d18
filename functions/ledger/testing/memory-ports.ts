import { type LedgerEntry, type Place } from '../../../shared/model/ledger/entry.ts';
import { ledgerKey, placeKey } from '../../../shared/model/ledger/table.ts';
import { type LedgerPorts, type PlaceNow } from '../ports.ts';

/** A ledger in memory, with the meaning that the one on DynamoDB has, and how often it was read. */
export function memoryLedger(now: readonly PlaceNow[] = []) {
  const kept = new Map<string, LedgerEntry>();
  const reads = { entries: 0, entry: 0 };
  const keyOf = (entry: LedgerEntry): string => `${ledgerKey(entry).pk} ${ledgerKey(entry).sk}`;
  const of = (place: Place): LedgerEntry[] =>
    [...kept.values()]
      .filter((entry) => entry.place.sku === place.sku && placeKey(entry.place) === placeKey(place))
      .sort((a, b) => (ledgerKey(a).sk < ledgerKey(b).sk ? 1 : -1));
  const ports: LedgerPorts = {
    keep: (entries) => {
      for (const entry of entries) kept.set(keyOf(entry), entry);
      return Promise.resolve();
    },
    places: (sku) => Promise.resolve(now.filter(({ place }) => place.sku === sku)),
    entryUpTo: (place, version) => {
      reads.entry += 1;
      return Promise.resolve(of(place).find((entry) => entry.version <= version));
    },
    entries: async function* (place, start) {
      reads.entries += 1;
      await Promise.resolve();
      yield* of(place).filter(({ version, at }) => ('version' in start ? version <= start.version : at <= start.until));
    },
    dayAt: (location, day, { from, to, after, limit }) => {
      if (after !== undefined && (after.lsk < from || after.lsk > `${to}$`))
        throw new Error('The provided starting key is outside query boundaries based on provided conditions');
      const listed = [...kept.values()]
        .map((entry) => ({ entry, ...ledgerKey(entry) }))
        .flatMap(({ entry, pk, sk, lpk, lsk }) =>
          lpk === `LOCATION#${location}#${day}` && lsk !== undefined ? [{ entry, pk, sk, lsk }] : [],
        )
        .filter(({ entry, lsk }) => entry.at >= from && entry.at <= to && (after === undefined || lsk < after.lsk))
        .sort((a, b) => (a.lsk < b.lsk ? 1 : -1));
      const page = listed.slice(0, limit);
      const last = listed.length > limit ? page.at(-1) : undefined;
      return Promise.resolve({
        entries: page.map(({ entry }) => entry),
        ...(last && { next: { lsk: last.lsk, pk: last.pk, sk: last.sk } }),
      });
    },
    orderParts: () => Promise.resolve(undefined),
  };
  return { ports, kept, reads };
}
