import { type OrdersPorts } from '../ports.ts';
import { reserveBackorder } from './reserve-backorder.ts';

/**
 * Stock came: orders that wait for this SKU get what there is, strictly in their order. One that cannot have all its units gets those that
 * are there, and then nobody behind it gets any: a small order never overtakes a large one, and a large one never waits for a whole that
 * others keep buying away.
 */
export const fillBackorders =
  (ports: Pick<OrdersPorts, 'order' | 'backorder' | 'backordersOf' | 'commit'>) =>
  async (sku: string, pool: string, now: string): Promise<void> => {
    for (const backorder of await ports.backordersOf(sku, pool)) {
      if ((await reserveBackorder(ports)(backorder, { now, actor: 'backorder' })) === 'short') return;
    }
  };
