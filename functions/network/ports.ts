import { type Coordinates } from '../../shared/kernel/geo.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';
import { type PriceList, type SkuPrices } from '../../shared/model/network/price-list.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type StockWalk } from '../../shared/model/stock/walk.ts';

/** What the network capability needs of the world. */
export interface NetworkPorts {
  location(locationId: string): Promise<Location | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  locations(): Promise<readonly Location[]>;
  channels(): Promise<readonly Channel[]>;
  /** Where a postal code is, as far as the table of centroids knows. */
  coordinatesOf(country: string, postalCode: string): Coordinates | undefined;
  /** True once any stock was recorded at a location. */
  hasStock(locationId: string): Promise<boolean>;
  product(sku: string): Promise<Product | undefined>;
  /** The kits that a SKU is a component of. */
  kitsWith(component: string): Promise<readonly string[]>;
  /** The pools that a SKU was ever in; `undefined` when no stock of it was ever recorded anywhere. */
  poolsOf(sku: string): Promise<readonly string[] | undefined>;
  /** The walk over stock that was last asked for under a name. */
  walk(walkId: string): Promise<StockWalk | undefined>;
  priceLists(): Promise<readonly PriceList[]>;
  priceList(priceListId: string): Promise<PriceList | undefined>;
  skuPrices(priceListId: string, sku: string): Promise<SkuPrices | undefined>;
  /** Prices of a list in the order of their SKUs, behind one of them. */
  pricesAfter(priceListId: string, after: string | undefined, most: number): Promise<readonly SkuPrices[]>;
  commit: CommitChanges;
}
