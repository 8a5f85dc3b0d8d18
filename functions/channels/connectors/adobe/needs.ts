import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

const whereIntegration = 'In Admin under System, Integrations: the details of an active integration';

/** What an Adobe Commerce (or Magento Open Source) channel must be told. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: { required: true, what: 'The base URL of the store, without /rest: https://shop.example.com.' },
    auth: {
      required: false,
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
  },
  credentials: {
    accessToken: { required: true, what: `${whereIntegration}: Access Token. It needs Sales, Orders (view).` },
    consumerKey: { required: false, what: `${whereIntegration}: Consumer Key. Required with oauth1.` },
    consumerSecret: { required: false, what: `${whereIntegration}: Consumer Secret. Required with oauth1.` },
    accessTokenSecret: { required: false, what: `${whereIntegration}: Access Token Secret. Required with oauth1.` },
  },
};
