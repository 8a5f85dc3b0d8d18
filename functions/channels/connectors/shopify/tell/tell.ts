import { type Connector } from '../../../domain/connector.ts';
import { tellCancelled } from './cancelled.ts';
import { tellCollected, tellReady } from './pickup.ts';
import { tellRefunded } from './refunded.ts';
import { tellShipped } from './shipped.ts';

/** What a shop is told of its orders. That an order is worked on, Shopify does not want to know. */
export const tell: Connector['tell'] = {
  shipped: tellShipped,
  cancelled: tellCancelled,
  refunded: tellRefunded,
  ready: tellReady,
  collected: tellCollected,
};
