import { ok } from '../../../../shared/kernel/result.ts';
import { type Connection, type ConnectionCheck, type Connector } from '../../domain/connector.ts';
import { topicSent } from '../webhook/sent-at.ts';
import { signedAt, verified } from '../webhook/signature.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';

/** A system that speaks Order Network eXchange: its orders, updates and cancels come in, signed as Standard Webhooks. */
export const onx: Connector = {
  needs,
  takeIn: (inbound, { credentials: { signing }, now }) => {
    const id = verified(signing, inbound, now());
    const topic = topicSent('orders', signedAt(inbound.headers));
    return Promise.resolve(id.ok ? ok([{ deliveryId: id.value, topic }]) : id);
  },
  map: mapOrder,
  check: (connection) => Promise.resolve(check(connection)),
};

function check({ channel: { channelId }, credentials: { signing } }: Connection): ConnectionCheck[] {
  const isSigned = signing.length > 0;
  const remedy = `There is none, so every delivery is refused: give it one with POST /v1/channels/${channelId}/credentials.`;
  return [{ name: 'signing secret', ok: isSigned, detail: isSigned ? 'Deliveries are checked with it.' : remedy }];
}
