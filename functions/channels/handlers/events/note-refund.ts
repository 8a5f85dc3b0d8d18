import { refundIssued } from '../../../../shared/contracts/payments/events.ts';
import { returnSettled } from '../../../../shared/contracts/returns/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { noteRefund, noteReturn } from '../../domain/notices/note-refund.ts';

/** Notes for a channel what was given back, or is owed, of its order. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([refundIssued, returnSettled], ({ data, ...event }) =>
    'refundId' in data
      ? noteRefund(ports)({ ...event, data }, clock.now())
      : noteReturn(ports)({ ...event, data }, clock.now()),
  );

export const handler = build();
