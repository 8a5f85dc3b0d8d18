import { type ConnectorNeeds } from '../../domain/connector-needs.ts';
import { signingKeyFaults } from './digital-signature.ts';

/** What an eBay channel needs. One seller account is one channel per currency. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      what: 'Where eBay answers; https://api.sandbox.ebay.com for its sandbox.',
      default: 'https://api.ebay.com',
    },
    webhookUrl: {
      required: false,
      form: 'url',
      what: 'The endpoint exactly as it is registered at eBay (Application Keys, Notifications); it is part of the answer to its challenge. Left out, it is the address that was called.',
    },
    marketplaceId: {
      required: false,
      what: 'The site that new products are offered on, such as EBAY_US or EBAY_DE; left out, that of the currency, where it has one alone.',
    },
    merchantLocationKey: {
      required: false,
      what: 'The inventory location that new products are offered from; eBay publishes none without (GET /sell/inventory/v1/location lists them).',
    },
    fulfillmentPolicyId: {
      required: false,
      what: 'The business policy that new products are shipped by; eBay publishes none without.',
    },
    paymentPolicyId: {
      required: false,
      what: 'The business policy that new products are paid by; eBay publishes none without.',
    },
    returnPolicyId: {
      required: false,
      what: 'The business policy that new products are returned by; eBay publishes none without.',
    },
    stockOf: {
      required: false,
      place: true,
      oneOf: ['item', 'offer'],
      what: 'What is told of stock: `item`: how many there are of the SKU, and of its offer where the listing names it (inventoryItemId is the offerId); `offer`: its offer alone, where a SKU is offered on several marketplaces and each is a channel of its own.',
      default: 'item',
    },
  },
  credentials: {
    clientId: { required: true, what: 'App ID (Client ID), at developer.ebay.com, Application Keys.' },
    clientSecret: { required: true, what: 'Cert ID (Client Secret), beside the App ID.' },
    refreshToken: {
      required: true,
      what: 'User refresh token of the seller: developer.ebay.com, User Tokens, Get a Token; with the scopes sell.fulfillment, sell.inventory and commerce.notification.subscription. It lasts 18 months.',
    },
    verificationToken: {
      required: false,
      what: 'The text of 32 to 80 characters that is registered with the endpoint at eBay; needed to receive notifications.',
    },
    signingKeyJwe: {
      required: false,
      what: 'The `jwe` that POST https://apiz.ebay.com/developer/key_management/v1/signing_key answers for {"signingKeyCipher":"ED25519"}. eBay takes refunds and cancellations of sellers in the EU and the United Kingdom only signed; others need none. It lasts three years.',
    },
    signingPrivateKey: {
      required: false,
      what: 'The `privateKey` of the same answer, as base64 or PEM; eBay shows it this once.',
    },
  },
  credentialFaults: signingKeyFaults,
};
