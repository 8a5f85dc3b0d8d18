import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type Stocked } from './seed.ts';

/** Whether the row with this number differs from the books, one in so many; the rows that do are spread evenly. */
export const differs = (row: number, oneIn: number): boolean => row % oneIn === oneIn - 1;

/** How many of so many rows differ. */
export const drifting = (rows: number, oneIn: number): number => Math.floor(rows / oneIn);

/** The lines of a file of counts, location by location as a WMS writes it: one unit more is there where a row differs. */
export function* countLines({ locations, skus, unitsAtEach }: Stocked, oneIn: number): Generator<string> {
  yield 'location,sku,onHand\n';
  let row = 0;
  for (const location of locations)
    for (const sku of skus) {
      yield `${location},${sku},${unitsAtEach + (differs(row, oneIn) ? 1 : 0)}\n`;
      row += 1;
    }
}

/** Writes the file, a piece at a time. */
export async function writeCounts(file: string, stock: Stocked, oneIn: number): Promise<void> {
  const stream = createWriteStream(file);
  let piece: string[] = [];
  const flush = async (): Promise<void> => {
    const isRoomy = stream.write(piece.join(''));
    piece = [];
    if (!isRoomy) await once(stream, 'drain');
  };
  for (const line of countLines(stock, oneIn)) if (piece.push(line) >= 10_000) await flush();
  await flush();
  stream.end();
  await once(stream, 'close');
}
