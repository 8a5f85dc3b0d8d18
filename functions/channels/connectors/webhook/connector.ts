import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector, type Delivery, type Inbound } from '../../domain/connector.ts';
import { maximumOffers, publish } from './availability.ts';
import { check } from './check.ts';
import { listings } from './listings.ts';
import { mapMessage } from './map-message.ts';
import { needs } from './needs.ts';
import { schemes } from './schemes.ts';
import { lacksEndpoint } from './send-signed.ts';
import { topicSent } from './sent-at.ts';
import { hears, tell } from './tell.ts';

/** What every message of such a channel is about: what it says of an order, its body tells. */
export const orderTopic = 'orders/create';

/**
 * Any system that can sign a POST: orders in Crossdock's own form, snapshots and changes of them come in, availability of every SKU goes out,
 * all as Standard Webhooks. What comes in may be signed in other ways that systems sign in.
 */
export const webhook: Connector = {
  needs,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  map: mapMessage,
  check,
  tell,
  hears,
  listings,
  availability: {
    lacksSetting: lacksEndpoint,
    unlisted: true,
    batch: maximumOffers,
    publish,
  },
};

function takeIn(inbound: Inbound, { channel, credentials, now }: Connection): Result<readonly Delivery[]> {
  const name = settingOf(channel, needs, 'signatureScheme');
  const verify = schemes[name];
  if (verify === undefined)
    return refuse(
      'invalid-signature',
      `The channel's setting signatureScheme is ${name}, and must be one of ${Object.keys(schemes).join(', ')}.`,
    );
  const header = settingOf(channel, needs, 'signatureHeader').toLowerCase();
  const message = verify({ inbound, secrets: credentials.signing, header, now: now() });
  if (!message.ok) return message;
  return ok([{ deliveryId: message.value.id, topic: topicSent(orderTopic, message.value.sentAt) }]);
}
