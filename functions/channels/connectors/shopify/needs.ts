import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a channel of this type needs. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: false,
      what: "The shop's own address, https://{shop}.myshopify.com. Left out, the address of the channel's endpoint counts.",
    },
    country: {
      required: false,
      what: 'The country of the stores, e.g. US: for pickups and sales at a till whose message does not say it.',
    },
  },
  credentials: {
    accessToken: {
      required: false,
      what: 'Admin API access token (shpat_…) of an app that was made in the Shopify admin. Needs read_orders, read_products, read_locations and read_merchant_managed_fulfillment_orders, and write_inventory to be told stock.',
    },
    clientId: {
      required: false,
      what: 'Client ID of an app of the Dev Dashboard (Settings); together with clientSecret it takes the place of accessToken.',
    },
    clientSecret: { required: false, what: 'Client secret of that app (Dev Dashboard, Settings).' },
  },
  signing: "The app's client secret (Dev Dashboard, Settings; or Shopify admin, Settings, Notifications, Webhooks).",
};
