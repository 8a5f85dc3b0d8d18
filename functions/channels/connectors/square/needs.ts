import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a channel of this type needs. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      what: 'Address of the API; https://connect.squareupsandbox.com for a sandbox account.',
      default: 'https://connect.squareup.com',
    },
    notificationUrl: {
      required: true,
      form: 'url',
      what: "The webhook subscription's notification URL, exactly as it stands in the Developer Console (Webhooks, Subscriptions): it is part of what is signed.",
    },
    locationIds: {
      required: false,
      what: "Square's ids of the locations whose orders are taken, comma separated. Left out, all that are active.",
    },
    stockLocationId: {
      required: false,
      place: true,
      what: "Square's id of the location whose stock is told; stock is told only with it, or by location (`stockByLocation`, with the channel's `locations`).",
    },
    country: {
      required: false,
      what: 'The country of the locations, e.g. US: for sales at a till where Square has no address of the location.',
    },
  },
  credentials: {
    accessToken: {
      required: false,
      what: "Access token of the seller's account (Developer Console, Credentials). Needs ORDERS_READ, PAYMENTS_READ, ITEMS_READ and MERCHANT_PROFILE_READ; to write back also ORDERS_WRITE, PAYMENTS_WRITE, INVENTORY_READ and INVENTORY_WRITE, and to be told products ITEMS_WRITE.",
    },
    clientId: { required: false, what: 'Application ID (Developer Console, OAuth), where tokens are refreshed.' },
    clientSecret: { required: false, what: 'Application secret (Developer Console, OAuth).' },
    refreshToken: {
      required: false,
      what: 'Refresh token that the OAuth flow gave; with clientId and clientSecret it takes the place of accessToken.',
    },
  },
  credentialSets: [['accessToken'], ['clientId', 'clientSecret', 'refreshToken']],
  signing: 'The signature key of the webhook subscription (Developer Console, Webhooks, Subscriptions, Show).',
};
