import { type LineUnits } from '../../../../shared/model/orders/order.ts';
import { isNoticeOf } from '../../../../shared/model/channels/notice.ts';
import { type Draft, type Happened, type NotePorts, note } from './note.ts';
import { cancelledAtChannel } from './units-at-channel.ts';

/** Units of an order were cancelled, as the event tells it. */
interface Cancelled {
  readonly orderId: string;
  readonly channelId: string;
  readonly reason: string;
  readonly lines: readonly LineUnits[];
  readonly complete: boolean;
}

/** Notes what was cancelled here, never what the channel cancelled itself. */
export const noteCancellation =
  (ports: NotePorts) =>
  async (event: Happened<Cancelled>, now: string): Promise<void> => {
    const { channelId, reason, lines: units, complete } = event.data;
    if (event.actor === `channel ${channelId}`) return;
    const of = `v${event.version}`;
    await note(ports)(event, now, (order, noticed): Draft[] => {
      const others = noticed.filter((one) => !one.noticeId.endsWith(`-cancelled-${of}`));
      const told = others.filter(isNoticeOf('cancelled')).flatMap(({ facts }) => facts.lines);
      const lines = cancelledAtChannel(order, units, told);
      return lines.length === 0 ? [] : [{ kind: 'cancelled', of, facts: { reason, lines, complete } }];
    });
  };
