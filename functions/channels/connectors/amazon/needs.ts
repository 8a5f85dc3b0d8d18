import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** Amazon's endpoints by selling region. Source: https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints */
export const endpoints: Readonly<Record<string, string>> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
};

/** What an Amazon channel is told: which seller, where it sells, and how its app is known to Amazon. */
export const needs: ConnectorNeeds = {
  settings: {
    program: {
      required: false,
      place: true,
      oneOf: ['seller', 'vendor'],
      what: 'seller: orders of buyers; vendor: purchase orders of Amazon itself (one channel each)',
      default: 'seller',
    },
    sellerId: {
      required: false,
      place: true,
      what: "the seller's id (merchant token) in Seller Central, Settings, Account Info; ORDER_CHANGE notifications are known by it",
    },
    marketplaceIds: {
      required: false,
      place: true,
      what: 'the marketplaces of this channel, by comma: ATVPDKIKX0DER. Needed where one seller has several channels, and for orders API v0',
    },
    region: {
      required: false,
      place: true,
      oneOf: ['na', 'eu', 'fe'],
      what: 'na, eu or fe: where the seller account is; which endpoint of Amazon is called',
      default: 'na',
    },
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      what: "base URL of the Selling Partner API; the region's own where it is left out",
    },
    lwaUrl: {
      required: false,
      form: 'url',
      what: 'URL that gives access tokens (Login with Amazon)',
      default: 'https://api.amazon.com/auth/o2/token',
    },
    ordersApi: {
      required: false,
      oneOf: ['2026-01-01', 'v0'],
      what: '2026-01-01, or v0 for an app that was not moved to it yet',
      default: '2026-01-01',
    },
    shipToCountry: {
      required: false,
      what: "vendor: the country of Amazon's warehouses, where a purchase order names them by their code only; that of the order's currency where it is left out",
    },
    acknowledge: {
      required: false,
      oneOf: ['accept', 'none'],
      what: 'vendor: accept, to accept each purchase order in full once it is captured; none, to answer them by hand',
      default: 'none',
    },
  },
  credentials: {
    clientId: {
      required: true,
      what: "the app's LWA client identifier, in Seller Central, Develop Apps, LWA credentials",
    },
    clientSecret: { required: true, what: "the app's LWA client secret, beside its client identifier" },
    refreshToken: {
      required: true,
      what: 'the refresh token that the seller authorized the app with: Develop Apps, Authorize',
    },
  },
};
