import { orderCancelled, orderReserved } from '../../../../shared/contracts/orders/events.ts';
import { promiseMoved } from '../../../../shared/contracts/supply/promise-events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { settlePromises } from '../../domain/settle-promises.ts';

/** Shows on an order what its waiting units are promised for, and tells a person when that is too late. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([promiseMoved, orderReserved, orderCancelled], ({ data }) =>
    settlePromises(ports)(data.orderId, clock.now()),
  );

export const handler = build();
