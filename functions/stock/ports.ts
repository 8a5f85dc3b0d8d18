import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges, type Once } from '../../shared/model/changes.ts';
import { type ChannelOrder } from '../../shared/model/channels/channel-order.ts';
import { type EntityIds } from '../../shared/model/entities.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type StockCount } from '../../shared/model/stock/count.ts';
import { type Pool, type Position, type Share } from '../../shared/model/stock/counters.ts';
import { type StockException } from '../../shared/model/stock/stock-exception.ts';
import { type Supply } from '../../shared/model/stock/supply.ts';
import { type Transfer } from '../../shared/model/stock/transfer.ts';

/** Which page of a listing is asked for. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of a listing; without a cursor it is the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

/** What the stock capability needs of the world. */
export interface StockPorts {
  location(locationId: string): Promise<Location | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  product(sku: string): Promise<Product | undefined>;
  /** What a channel has said of an order. */
  channelOrder(orderId: string): Promise<ChannelOrder | undefined>;
  position(sku: string, location: string): Promise<Position | undefined>;
  /** The positions of several SKUs at a location; a SKU that never was there has none. */
  positionsAt(location: string, skus: readonly string[]): Promise<readonly Position[]>;
  stockOf(sku: string): Promise<{
    readonly positions: readonly Position[];
    readonly pools: readonly Pool[];
    readonly shares: readonly Share[];
  }>;
  count(countId: string): Promise<StockCount | undefined>;
  /** Open counts of a location, oldest first. Refusal: `invalid-request` for a cursor of another listing. */
  openCounts(location: string, page: PageRequest): Promise<Result<Page<StockCount>>>;
  transfer(transferId: string): Promise<Transfer | undefined>;
  /** Transfers on their way to a location, oldest first. Refusal: `invalid-request` for a cursor of another listing. */
  transfersTo(location: string, page: PageRequest): Promise<Result<Page<Transfer>>>;
  supply(id: EntityIds['supply']): Promise<Supply | undefined>;
  exception(exceptionId: string): Promise<StockException | undefined>;
  /** Exceptions that are not resolved, oldest first. Refusal: `invalid-request` for a cursor of another listing. */
  openExceptions(page: PageRequest): Promise<Result<Page<StockException>>>;
  /** The record of an earlier call under this key, if there was one. */
  getOnce(key: string): Promise<Once | undefined>;
  commit: CommitChanges;
}
