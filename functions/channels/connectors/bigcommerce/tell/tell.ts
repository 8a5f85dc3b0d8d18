import { type Connector } from '../../../domain/connector.ts';
import { tellRefunded } from './refunded.ts';
import { tellShipped } from './shipped.ts';
import { tellCancelled, tellCollected, tellReady } from './status.ts';

/** What a store is told of its orders. */
export const tell: Connector['tell'] = {
  shipped: tellShipped,
  cancelled: tellCancelled,
  refunded: tellRefunded,
  ready: tellReady,
  collected: tellCollected,
};
