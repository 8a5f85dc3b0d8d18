import { type Paper, padded } from './paper.ts';
import { type Column, type StockRow, type StockView, columns } from './stock-rows.ts';

const headings: Readonly<Record<Column, string>> = {
  onHand: 'on hand',
  allocated: 'allocated',
  damaged: 'damaged',
  free: 'free',
  reserved: 'reserved',
  ats: 'ATS',
  shopify: 'Shopify',
  market: 'Market',
};
const placeWidth = 18;
const cellWidth = 10;

/** A cell before and after. */
interface Cell {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * The rows that changed, each cell as `before → after`; without a `before` all rows as they are. Nothing when nothing changed.
 * @returns lines of at most 98 columns
 */
export function stockTable(paper: Paper, after: StockView, before?: StockView): string[] {
  const rows = after.filter((row) => before === undefined || differs(row, rowIn(before, row)));
  if (rows.length === 0) return [];
  const head = columns.map((column) => padded(headings[column], cellWidth, 'right')).join('');
  const lines = [paper.look('dim', padded('', placeWidth) + head)];
  for (const [index, row] of rows.entries()) {
    if (row.sku !== rows[index - 1]?.sku) lines.push(paper.look('bold', row.sku));
    lines.push(lineOf(paper, row, before === undefined ? row : rowIn(before, row)));
  }
  return lines;
}

const rowIn = (view: StockView, { sku, where }: StockRow): StockRow | undefined =>
  view.find((row) => row.sku === sku && row.where === where);

const differs = (row: StockRow, other: StockRow | undefined): boolean =>
  columns.some((column) => row.counts[column] !== other?.counts[column]);

function lineOf(paper: Paper, row: StockRow, before: StockRow | undefined): string {
  const place = padded(`  ${row.where}`, placeWidth);
  const cells = columns.map((column) => cellOf(paper, { before: before?.counts[column], after: row.counts[column] }));
  return (place + cells.join('')).trimEnd();
}

/** What was not there was none. */
function cellOf(paper: Paper, { before = 0, after }: Cell): string {
  if (after === undefined) return ' '.repeat(cellWidth);
  if (before === after) return padded(String(after), cellWidth, 'right');
  return padded(`${paper.look('dim', `${before} →`)} ${paper.look('yellow', String(after))}`, cellWidth, 'right');
}
