import { type TableName } from './entities.ts';

/** What a table is made of besides its partition key `pk`; read by infra, which creates it. */
export interface TableShape {
  /** False where an item is named by `pk` alone. */
  readonly sortKey: boolean;
  /** True where items are listed by the overloaded index. */
  readonly listing: boolean;
  /** True where changes of items are published or answered from the table's stream. */
  readonly stream: boolean;
  /** True where items go by themselves once their `ttl` (epoch seconds) has passed. */
  readonly expires: boolean;
}

const plain = { sortKey: true, listing: false, stream: false, expires: false };

/** The shape of every table. */
export const tableShapes: Readonly<Record<TableName, TableShape>> = {
  orders: { ...plain, listing: true, stream: true },
  stock: { ...plain, listing: true, stream: true, expires: true },
  ledger: { ...plain, listing: true },
  network: { ...plain, stream: true },
  listings: { ...plain, listing: true },
  inbox: { ...plain, listing: true, stream: true },
  idempotency: { ...plain, sortKey: false, expires: true },
};

/** The overloaded index of listed items; it holds keys only, so what is listed is named by them. */
export const listingIndex = { name: 'listing', partitionKey: 'lpk', sortKey: 'lsk' } as const;
/** The attribute after whose time an item goes. */
export const expiryAttribute = 'ttl';
