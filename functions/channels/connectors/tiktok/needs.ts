import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What it takes to speak to a TikTok Shop. */
export const needs: ConnectorNeeds = {
  settings: {
    appKey: { required: true, what: 'the key of your app: Partner Center, App & Service, your app' },
    shopCipher: {
      required: true,
      place: true,
      what: 'the cipher that names the shop in calls: GET /authorization/202309/shops lists it, and so does the check of this connection',
    },
    shopId: { required: false, what: 'the id of the shop; messages of another shop of the same app are left out' },
    country: {
      required: false,
      what: 'the country that the shop sells in, such as GB, for orders whose address TikTok does not show yet; needed where its currency is that of several countries (EUR)',
    },
    maskedAddress: {
      required: false,
      oneOf: ['hold', 'ship'],
      what: '`hold`: an order whose address TikTok hides is held; `ship`: it is not, as your locations print the labels that TikTok makes',
      default: 'hold',
    },
    cashOnDelivery: {
      required: false,
      oneOf: ['ship', 'hold'],
      what: '`ship`: TikTok collects the cash and owes it to you, so the order counts as paid; `hold`: it waits for a person',
      default: 'ship',
    },
    warehouseId: {
      required: false,
      place: true,
      what: 'TikTok’s id of the sales warehouse whose stock is told (GET /logistics/202309/warehouses lists them); stock is told only with it, or by location',
    },
    handoverMethod: {
      required: false,
      oneOf: ['PICKUP', 'DROP_OFF'],
      what: 'how parcels with TikTok’s labels reach its carrier; left out, as the shop has it',
    },
    apiUrl: {
      required: false,
      place: true,
      form: 'url',
      what: 'where the API is',
      default: 'https://open-api.tiktokglobalshop.com',
    },
    authUrl: {
      required: false,
      form: 'url',
      what: 'where tokens are refreshed',
      default: 'https://auth.tiktok-shops.com',
    },
  },
  credentials: {
    appSecret: {
      required: true,
      what: 'the secret of your app, which signs calls: Partner Center, App & Service, your app',
    },
    refreshToken: {
      required: true,
      what: 'what the seller’s authorization of your app was exchanged for; it is renewed at each use and kept',
    },
    accessToken: { required: false, what: 'kept by Crossdock until it is over' },
    accessTokenExpiresAt: { required: false, what: 'kept by Crossdock: when the access token is over, RFC 3339' },
  },
  signing: 'the secret of your app: TikTok signs its webhooks with the same one',
};
