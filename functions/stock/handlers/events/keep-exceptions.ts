import { stockOversold, stockRecovered } from '../../../../shared/contracts/stock/events.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { keepException } from '../../domain/exceptions/keep-exceptions.ts';

/** Keeps an exception while more is promised than is there. */
export const build = (ports = awsPorts) =>
  eventConsumer([stockOversold, stockRecovered], ({ data, version, time }) =>
    keepException(ports)({ ...data, quantity: 'quantity' in data ? data.quantity : 0, version, at: time }),
  );

export const handler = build();
