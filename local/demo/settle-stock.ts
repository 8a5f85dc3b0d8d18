import { type Scene, marketBuffer } from './scene.ts';
import { stockTable } from './stock-table.ts';
import { type Counts, type StockRow, type StockView } from './stock-rows.ts';
import { readStockView } from './stock-view.ts';

/** What a step expects: rows by SKU and place, each with the counts that matter. */
export interface ExpectedRow {
  readonly sku: string;
  readonly where: string;
  readonly counts: Counts;
}

/**
 * Waits until stock is as expected and both shops show what they may sell of it, then tells what changed.
 * @throws StoryBroken when it does not become so in time
 */
export async function stockBecomes(scene: Scene, expected: readonly ExpectedRow[]): Promise<void> {
  const { teller } = scene;
  let seen: StockView = [];
  const view = await teller.until(
    `${expected.map(sentence).join('; ')}; both shops showing what they may sell`,
    async () => {
      seen = await readStockView(scene);
      return expected.every((row) => matches(row, seen)) && shopsAgree(seen) ? seen : undefined;
    },
    () => seen,
  );
  tellStock(scene, view);
}

/** Holds the story to its stock standing still in this step. */
export const stockStays = async (scene: Scene): Promise<void> => stockBecomes(scene, scene.stock ?? []);

function tellStock(scene: Scene, view: StockView): void {
  const { teller, stock } = scene;
  const changed = stockTable(teller.paper, view, stock ?? []);
  if (changed.length === 0) teller.fact('stock', 'unchanged');
  for (const line of changed) teller.paper.write(line);
  scene.stock = view;
}

const sentence = ({ sku, where, counts }: ExpectedRow): string =>
  `${sku} at ${where}: ${Object.entries(counts)
    .map(([column, count]) => `${column} ${count}`)
    .join(', ')}`;

function matches({ sku, where, counts }: ExpectedRow, view: StockView): boolean {
  const row = view.find((one) => one.sku === sku && one.where === where);
  return row !== undefined && Object.entries(counts).every(([column, count]) => countOf(row, column) === count);
}

const countOf = (row: StockRow, column: string): number | undefined =>
  Object.entries(row.counts).find(([name]) => name === column)?.[1];

/** Shopify shows all of the pool's ATS, the marketplace all but its buffer. */
const shopsAgree = (view: StockView): boolean =>
  view.every(
    ({ counts: { ats, shopify, market } }) =>
      ats === undefined || (shopify === Math.max(0, ats) && market === Math.max(0, ats - marketBuffer)),
  );
