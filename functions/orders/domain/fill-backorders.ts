import { type OrdersPorts } from '../ports.ts';
import { reserveBackorder } from './reserve-backorder.ts';

/** Stock came: orders that wait for this SKU are promised what there is, oldest first, until it is gone. */
export const fillBackorders =
  (ports: Pick<OrdersPorts, 'order' | 'commit' | 'backordersOf'>) =>
  async (sku: string, pool: string, now: string): Promise<void> => {
    for (const orderId of await ports.backordersOf(sku, pool)) {
      await reserveBackorder(ports)({ orderId, now, actor: 'backorder' });
    }
  };
