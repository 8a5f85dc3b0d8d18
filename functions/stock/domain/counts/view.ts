import { type CountLine, type StockCount, varianceOf } from '../../../../shared/model/stock/count.ts';

/** A count as it is shown. Whoever counts is not told what the books say: it would be what is counted. */
export const viewOf = ({ lines, wait: _wait, events: _events, ...count }: StockCount) => ({
  ...count,
  lines: lines.map((line) => (count.state === 'ASSIGNED' ? blind(line) : { ...line, ...varianceIn(line) })),
});
/** A count as it is shown. */
export type CountView = ReturnType<typeof viewOf>;

const blind = ({ sku, counted }: CountLine): CountLine => ({ sku, ...(counted !== undefined && { counted }) });

const varianceIn = (line: CountLine) => (line.expected === undefined ? {} : { variance: varianceOf(line) });

/** What every event of a count says. */
export const aboutCount = ({ countId, location, lines }: StockCount) => ({ countId, location, lines: lines.length });

/** How far the shelves of a count are from the books. */
export function differencesOf(count: StockCount) {
  const variances = count.lines.map(varianceOf).filter((units) => units !== 0);
  const sum = (of: readonly number[]) => of.reduce((total, units) => total + Math.abs(units), 0);
  return {
    ...aboutCount(count),
    varied: variances.length,
    unitsOver: sum(variances.filter((units) => units > 0)),
    unitsUnder: sum(variances.filter((units) => units < 0)),
  };
}
