import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a Walmart Marketplace channel needs. One seller account in one market is one channel. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      what: 'Where Walmart answers; https://sandbox.walmartapis.com for its sandbox.',
      default: 'https://marketplace.walmartapis.com',
    },
    market: {
      required: false,
      place: true,
      oneOf: ['us', 'ca', 'mx', 'cl'],
      what: 'us, ca, mx or cl: the market of the account (WM_MARKET).',
      default: 'us',
    },
    shipNode: {
      required: false,
      place: true,
      what: 'The fulfillment center (ship node) whose stock is told, where the channel is not told by location; left out, the default one of the account.',
    },
    itemSpec: {
      required: false,
      what: 'The version of Walmart’s item spec that products are told in; Get Spec API names the newest.',
      default: '5.0.20260608-18_15_07-api',
    },
    webhookAuth: {
      required: false,
      oneOf: ['signature', 'basic', 'hmac', 'oauth'],
      what: 'How Walmart proves itself: signature (WM_SEC.*, performance webhooks), or what the event subscription says: basic, hmac, oauth.',
      default: 'signature',
    },
    webhookAuthHeader: {
      required: false,
      what: 'The header of basic, hmac and oauth: authHeaderName of the subscription.',
      default: 'Authorization',
    },
    webhookUrl: {
      required: false,
      form: 'url',
      what: 'The address exactly as it is registered at Walmart; its path and query are signed. Left out, the path is /webhooks/{channelId}.',
    },
  },
  credentials: {
    clientId: { required: true, what: 'Client ID, at developer.walmart.com, My Account, API Keys.' },
    clientSecret: { required: true, what: 'Client Secret, beside the Client ID.' },
  },
  signing:
    'The webhook secret of the Developer Portal. Where webhookAuth is basic: user:password of the subscription; hmac: its clientSecret; oauth: the token that your authUrl gives.',
};
