import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What it takes to speak to a WooCommerce shop. */
export const needs: ConnectorNeeds = {
  settings: {
    apiUrl: {
      required: true,
      place: true,
      form: 'url',
      what: 'the shop’s address, such as https://shop.example, with its folder where WordPress is in one; https, as the keys go with each call',
    },
    country: {
      required: false,
      what: 'the country of the shop, such as DE: for orders whose addresses do not say one (collected, by phone, from a till)',
    },
    statuses: {
      required: false,
      what: 'what statuses of the shop’s own mean, such as `packed=open, shipped=closed`: each one of pending, open, closed, cancelled',
    },
    digital: {
      required: false,
      what: 'SKUs and product ids that nobody ships, such as `EBOOK-1, 4711`: WooCommerce does not say so in its orders',
    },
    notifyCustomer: {
      required: false,
      oneOf: ['yes', 'no'],
      what: 'whether buyers get the shop’s mail about a parcel or a pickup: the order’s note is one for the customer, or a private one',
      default: 'yes',
    },
    refundPayments: {
      required: false,
      oneOf: ['yes', 'no'],
      what: '`yes`: a refund is given back by the payment’s gateway; `no`: it is only recorded (the money went back by other means)',
      default: 'yes',
    },
    cashOnDelivery: {
      required: false,
      oneOf: ['hold', 'ship'],
      what: '`hold`: an order that is paid on delivery waits for a person; `ship`: it counts as paid',
      default: 'hold',
    },
  },
  credentials: {
    consumerKey: {
      required: true,
      what: 'ck_…, of a key that may read, and write where the shop is told stock and what became of orders: WooCommerce, Settings, Advanced, REST API',
    },
    consumerSecret: { required: true, what: 'cs_…, shown once with the key' },
  },
  signing: 'the secret of the webhooks: WooCommerce, Settings, Advanced, Webhooks; the same one for each of them',
};
