import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

const whereIntegration = 'In Admin under System, Integrations: the details of an active integration';

/** What an Adobe Commerce (or Magento Open Source) channel must be told. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: true,
      place: true,
      form: 'url',
      what: 'The base URL of the store, without /rest: https://shop.example.com.',
    },
    auth: {
      required: false,
      oneOf: ['oauth1', 'bearer'],
      what: 'oauth1: every call is signed with all four credentials, as integrations do since 2.4.4. bearer: the access token alone, where Admin allows it (Stores, Configuration, Services, OAuth, standalone Bearer tokens).',
      default: 'oauth1',
    },
    storeIds: {
      required: false,
      what: 'Ids of the store views whose orders are taken, with commas between: 1,3. Without it those of all store views.',
    },
    onAccount: {
      required: false,
      what: 'Codes of payment methods that are invoiced after the goods went, with commas between: their orders wait for no payment. Add cashondelivery if parcels may go before they are paid.',
      default: 'purchaseorder, companycredit',
    },
    sourceCode: {
      required: false,
      place: true,
      what: 'The source (Stores, Inventory, Sources) whose quantities are set, and that parcels come from. With stockByLocation, the locations of the channel count, by source code.',
      default: 'default',
    },
    websiteCode: {
      required: false,
      place: true,
      what: 'The website (Stores, All Stores) whose salable quantity is what buyers see.',
      default: 'base',
    },
    notifyCustomer: {
      required: false,
      oneOf: ['yes', 'no'],
      what: 'Whether the store writes to buyers about parcels and refunds that it is told.',
      default: 'yes',
    },
    refundOnline: {
      required: false,
      oneOf: ['yes', 'no'],
      what: "yes: a refund goes through the payment of the order's invoice. no: it is only recorded, and the money goes back by other means.",
      default: 'no',
    },
  },
  credentials: {
    accessToken: {
      required: true,
      what: `${whereIntegration}: Access Token. It needs Sales, Orders (view; to be told of orders: ship, cancel, credit memos, comment), Catalog, Inventory and Stores, Inventory to be told stock, and Catalog, Inventory, Products to be told products.`,
    },
    consumerKey: {
      required: false,
      requiredWith: { setting: 'auth', value: 'oauth1' },
      what: `${whereIntegration}: Consumer Key. Required with oauth1.`,
    },
    consumerSecret: {
      required: false,
      requiredWith: { setting: 'auth', value: 'oauth1' },
      what: `${whereIntegration}: Consumer Secret. Required with oauth1.`,
    },
    accessTokenSecret: {
      required: false,
      requiredWith: { setting: 'auth', value: 'oauth1' },
      what: `${whereIntegration}: Access Token Secret. Required with oauth1.`,
    },
  },
};
