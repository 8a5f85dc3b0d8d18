import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a BigCommerce channel must be told. */
export const needs: ConnectorNeeds = {
  settings: {
    storeHash: {
      required: true,
      place: true,
      what: "The store's hash: what stands before .mybigcommerce.com, after store-, or between /stores/ and /v3 in the API path of an API account.",
    },
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      what: "Where BigCommerce's API is.",
      default: 'https://api.bigcommerce.com',
    },
    locationId: {
      required: false,
      place: true,
      what: 'Id of the location whose stock is set (Settings, Locations). With stockByLocation, the locations of the channel count.',
      default: '1',
    },
  },
  credentials: {
    accessToken: {
      required: true,
      what: 'Access token of a store-level API account (Settings, Store-level API accounts) with the scopes Orders: modify, Order transactions: modify, Store inventory: modify, Information & settings: read-only; Orders and Order transactions read-only, and no Store inventory, where the store is told nothing; Products: modify, to be told products.',
    },
  },
  signing: 'The client secret of the API account that created the webhooks: BigCommerce signs them with it.',
};
