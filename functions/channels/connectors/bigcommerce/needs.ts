import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a BigCommerce channel must be told. */
export const needs: ConnectorNeeds = {
  settings: {
    storeHash: {
      required: true,
      what: "The store's hash: what stands before .mybigcommerce.com, after store-, or between /stores/ and /v3 in the API path of an API account.",
    },
    apiUrl: {
      required: false,
      what: "Where BigCommerce's API is.",
      default: 'https://api.bigcommerce.com',
    },
  },
  credentials: {
    accessToken: {
      required: true,
      what: 'Access token of a store-level API account (Settings, Store-level API accounts) with the scopes Orders: read-only, Order transactions: read-only, Information & settings: read-only.',
    },
  },
  signing: 'The client secret of the API account that created the webhooks: BigCommerce signs them with it.',
};
