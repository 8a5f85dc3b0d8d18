import { type Kind, type Story } from './changes.ts';
import { type Sighting } from './gate.ts';

/** What a channel made of the changes. */
export interface Judged {
  /** How long each change waited until the channel showed it, or a newer one; milliseconds. */
  readonly lags: Readonly<Record<Kind, readonly number[]>>;
  /** Times that an older quantity took the place of a newer one. */
  readonly stale: number;
  /** How long older quantities were shown in all, milliseconds. */
  readonly staleMs: number;
  /** Quantities that no change had. */
  readonly strange: number;
  /** SKUs that do not show what they should in the end. */
  readonly wrong: number;
  /** When the last change was shown; milliseconds since 1970. */
  readonly lastAt: number;
}

/**
 * Judges what a channel showed by what each SKU had.
 * @param from changes before it, milliseconds since 1970, warmed up: how long they waited does not count
 */
export function judge(stories: readonly Story[], sightings: readonly Sighting[], from = 0): Judged {
  const bySku = Map.groupBy(sightings, ([sku]) => sku);
  const lags: Record<Kind, number[]> = { soldOut: [], fall: [], rise: [] };
  let [stale, staleMs, strange, wrong, lastAt] = [0, 0, 0, 0, 0];
  stories.forEach((story, sku) => {
    let [known, shown, staleSince] = [0, 0, 0];
    for (const [, quantity, at] of bySku.get(sku) ?? []) {
      const index = story.findIndex((change) => change.quantity === quantity);
      if (index === -1) strange += 1;
      else {
        if (shown < known) staleMs += at - staleSince;
        if (index < known) [stale, staleSince] = [stale + 1, at];
        for (const { kind, at: changedAt } of story.slice(known + 1, index + 1))
          if (changedAt >= from) lags[kind].push(at - changedAt);
        if (index > known) lastAt = Math.max(lastAt, at);
        [shown, known] = [index, Math.max(known, index)];
      }
    }
    if (shown !== story.length - 1) wrong += 1;
  });
  return { lags, stale, staleMs, strange, wrong, lastAt };
}
