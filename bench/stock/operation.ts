import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { readStock } from '../../shared/contracts/stock/apis.ts';
import { type Shop } from '../shop/shop.ts';

/** One operation whose writes are counted. */
export interface Operation {
  readonly name: string;
  /** The functions that are the operation itself, by their plain names. */
  readonly own: readonly string[];
  /** Whether it has lines: then one more line is told apart from the first. */
  readonly hasLines: boolean;
  /** Done before the counting begins; what it gives goes to `run`. */
  readonly prepare?: (on: Ground, lines: number) => Promise<string>;
  readonly run: (on: Ground, lines: number, prepared: string) => Promise<void>;
}

/** Where operations are done. */
export interface Ground {
  readonly api: ApiClient;
  readonly shop: Shop;
  /** The pool of its locations. */
  readonly pool: string;
  /** Ends the holds whose time is over. */
  readonly sweep: () => Promise<void>;
  /** A name that was not given before. */
  readonly unique: () => string;
}

/** The first SKUs of the shop, one for each line. */
export const skusOf = ({ shop }: Ground, lines: number): readonly string[] => shop.skus.slice(0, lines);

/** A line for each of the first SKUs. */
export const linesOf = <T>(on: Ground, lines: number, line: (sku: string, index: number) => T): T[] =>
  skusOf(on, lines).map(line);

/** What the books say is on a shelf. */
export async function onHandOf({ api }: Ground, sku: string, location: string): Promise<number> {
  const { positions } = mustSucceed(await api(readStock, { params: { sku } }));
  return positions.find((one) => one.location === location)?.onHand ?? 0;
}
