import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a channel of this type needs. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      orEndpoint: true,
      what: "The shop's own address, https://{shop}.myshopify.com. Left out, the address of the channel's endpoint counts.",
    },
    locationId: {
      required: false,
      place: true,
      what: "The location whose available quantity is set (Settings, Locations: the digits at the end of its address). Left out, that of the channel's endpoint counts; with stockByLocation, the channel's locations do.",
    },
    notifyCustomer: {
      required: false,
      oneOf: ['yes', 'no'],
      what: 'Whether Shopify writes to buyers about parcels, cancellations and refunds that it is told.',
      default: 'yes',
    },
    country: {
      required: false,
      what: 'The country of the stores, e.g. US: for pickups and sales at a till whose message does not say it.',
    },
  },
  credentials: {
    accessToken: {
      required: false,
      what: 'Admin API access token (shpat_…) of an app that was made in the Shopify admin. Needs read_orders, read_products, read_locations and read_merchant_managed_fulfillment_orders, write_inventory to be told stock, and write_merchant_managed_fulfillment_orders, write_orders and write_order_edits to be told what became of orders, write_products, read_publications and write_publications to be told products.',
    },
    clientId: {
      required: false,
      what: 'Client ID of an app of the Dev Dashboard (Settings); together with clientSecret it takes the place of accessToken.',
    },
    clientSecret: { required: false, what: 'Client secret of that app (Dev Dashboard, Settings).' },
  },
  credentialSets: [['accessToken'], ['clientId', 'clientSecret']],
  endpoint: 'shopify',
  signing: "The app's client secret (Dev Dashboard, Settings; or Shopify admin, Settings, Notifications, Webhooks).",
};
