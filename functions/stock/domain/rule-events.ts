import { safetyUnsettled, stockAppeared } from '../../../shared/contracts/rules/events.ts';
import { type Pool, type Position } from '../../../shared/model/stock/counters.ts';
import { safetyFor } from '../../../shared/model/stock/shelf.ts';

/** Who says what the stream shows. */
const actor = 'stock';

/**
 * What rules have to look at after a batch: shelves whose safety stock is not what their target and their units make it, and SKUs of which
 * a position or pool was written for the first time. The newest image of each counts, so what is settled within a batch is not told.
 */
export function ruleEvents(written: readonly (Position | Pool)[]) {
  const newest = new Map<string, Position>();
  const appeared = new Map<string, Position | Pool>();
  for (const item of written) {
    if (item.version === 1) appeared.set(item.sku, item);
    if (!('location' in item)) continue;
    const key = JSON.stringify([item.sku, item.location]);
    if ((newest.get(key)?.version ?? 0) < item.version) newest.set(key, item);
  }
  return [
    ...[...newest.values()]
      .filter(isUnsettled)
      .map(({ sku, location, version, cause: { at } }) =>
        safetyUnsettled.of(`${sku}@${location}`, version, { now: at, actor }, { sku, location }),
      ),
    ...[...appeared.values()].map((first) =>
      stockAppeared.of(
        `${first.sku}@${'location' in first ? first.location : first.pool}`,
        first.version,
        { now: first.cause.at, actor },
        { sku: first.sku },
      ),
    ),
  ];
}

const isUnsettled = (position: Position): boolean =>
  (position.closed === true || position.safetyTarget !== undefined) &&
  position.safety !== safetyFor(position, position.safetyTarget ?? 0);
