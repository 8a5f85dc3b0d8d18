import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What an eBay channel needs. One seller account is one channel per currency. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: false,
      what: 'Where eBay answers; https://api.sandbox.ebay.com for its sandbox.',
      default: 'https://api.ebay.com',
    },
    webhookUrl: {
      required: false,
      what: 'The endpoint exactly as it is registered at eBay (Application Keys, Notifications); it is part of the answer to its challenge. Left out, it is the address that was called.',
    },
  },
  credentials: {
    clientId: { required: true, what: 'App ID (Client ID), at developer.ebay.com, Application Keys.' },
    clientSecret: { required: true, what: 'Cert ID (Client Secret), beside the App ID.' },
    refreshToken: {
      required: true,
      what: 'User refresh token of the seller: developer.ebay.com, User Tokens, Get a Token; with the scopes sell.fulfillment and commerce.notification.subscription. It lasts 18 months.',
    },
    verificationToken: {
      required: false,
      what: 'The text of 32 to 80 characters that is registered with the endpoint at eBay; needed to receive notifications.',
    },
  },
};
