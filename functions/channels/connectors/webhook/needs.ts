import { type ConnectorNeeds } from '../../domain/connector-needs.ts';
import { schemes } from './schemes.ts';

/** What such a channel needs: the secret that both sides sign with. */
export const needs: ConnectorNeeds = {
  settings: {
    signatureScheme: {
      required: false,
      oneOf: Object.keys(schemes),
      what: 'How the other side signs what it sends: standard (Standard Webhooks), timestamped (t=…,v1=… as Stripe does), hmac-hex or hmac-base64 (of the body).',
      default: 'standard',
    },
    signatureHeader: {
      required: false,
      what: 'The header that the signature is in, where it is not signed as Standard Webhooks.',
      default: 'x-signature',
    },
    orderMessages: {
      required: false,
      oneOf: ['yes', 'no'],
      what: '`yes`: the endpoint is told what becomes of its orders (order.shipped and so on); `no`: of stock alone.',
      default: 'yes',
    },
  },
  credentials: {},
  endpoint: 'webhook',
  signing:
    'the secret of Standard Webhooks that you and Crossdock sign with: `whsec_` and base64, or any other text as its own bytes; you choose it',
};
