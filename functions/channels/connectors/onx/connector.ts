import { ok } from '../../../../shared/kernel/result.ts';
import { type Connector } from '../../domain/connector.ts';
import { topicSent } from '../webhook/sent-at.ts';
import { check } from '../webhook/check.ts';
import { hasEndpoint } from '../webhook/send-signed.ts';
import { signedAt, verified } from '../webhook/signature.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';
import { tell } from './tell.ts';

/** A system that speaks Order Network eXchange: its orders, updates and cancels come in, what became of them goes out, signed as Standard Webhooks. */
export const onx: Connector = {
  needs,
  takeIn: (inbound, { credentials: { signing }, now }) => {
    const id = verified(signing, inbound, now());
    const topic = topicSent('orders', signedAt(inbound.headers));
    return Promise.resolve(id.ok ? ok([{ deliveryId: id.value, topic }]) : id);
  },
  map: mapOrder,
  tell,
  hears: hasEndpoint,
  check,
};
