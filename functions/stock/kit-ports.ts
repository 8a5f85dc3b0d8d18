import { type Channel } from '../../shared/model/network/network.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type Pool } from '../../shared/model/stock/counters.ts';

/** What is needed of the world to say how many of a kit can be sold. */
export interface KitPorts {
  /** The kits that a SKU is a component of. */
  kitsWith(component: string): Promise<readonly string[]>;
  product(sku: string): Promise<Product | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  /** A pool of a SKU; of a hot SKU, the sum of its stripes. */
  poolOf(sku: string, pool: string): Promise<Pool | undefined>;
}
