import { type NoticeKind } from '../../../../shared/contracts/channels/notice.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connector } from '../../domain/connector.ts';
import { type NoticeToTell, type Tell } from '../../domain/tell.ts';
import { needs } from './needs.ts';
import { hasEndpoint, sendSigned } from './send-signed.ts';

/** Whether a channel is told of its orders: it has an endpoint, and wants to. */
export const hears = (channel: Channel): boolean =>
  hasEndpoint(channel) && settingOf(channel, needs, 'orderMessages') === 'yes';

/**
 * Posts `order.<kind>` messages, signed as its stock messages are: what happened, to which units, by the channel's own line ids. The `webhook-id` is made of
 * the notice, so that a repeat is one to its receiver.
 */
const tellOf =
  <K extends NoticeKind>(kind: K): Tell<K> =>
  async (notice, connection) => {
    const type = `order.${kind}`;
    const data = { channelId: connection.channel.channelId, ...dataOf(notice) };
    const body = JSON.stringify({ type, timestamp: notice.happenedAt, data });
    const sent = await sendSigned(connection, { id: notice.noticeId, what: type, body });
    return sent.ok ? ok({}) : sent;
  };

/** Lines are named as the channel names them in its orders. */
function dataOf({ noticeId, orderId, externalId, facts }: NoticeToTell) {
  const lines =
    'lines' in facts ? facts.lines.map(({ lineId: externalLineId, ...units }) => ({ externalLineId, ...units })) : [];
  return { noticeId, orderId, externalId, ...facts, ...('lines' in facts && { lines }) };
}

/** Every kind of notice. */
export const tell: NonNullable<Connector['tell']> = {
  acknowledged: tellOf('acknowledged'),
  shipped: tellOf('shipped'),
  cancelled: tellOf('cancelled'),
  refunded: tellOf('refunded'),
  ready: tellOf('ready'),
  collected: tellOf('collected'),
};
