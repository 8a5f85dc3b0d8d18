import { Webhook } from 'standardwebhooks';
import { unique, usd } from '../../../testing/steps.ts';
import { type ChannelKind } from '../kind.ts';

const secret = `whsec_${Buffer.from('a secret that both sides have').toString('base64')}`;

/** Any system that signs as Standard Webhooks say: it sends snapshots and changes in Crossdock's own form. */
export const webhook: ChannelKind = {
  type: 'webhook',
  open: ({ tag }) => {
    const sku = `BOOK${tag}`;
    const externalId = (number: number) => `shop-${number}`;
    const present = new Map<number, object>();
    const put = (number: number, at: Date, over: object = {}) => {
      const order = {
        externalId: externalId(number),
        currency: 'USD',
        shipTo: { country: 'US', postalCode: '02108' },
        lines: [{ sku, externalLineId: 'l1', quantity: 4, unitPrice: usd(1250) }],
        payments: [{ provider: 'recorded', amount: usd(5000) }],
      };
      present.set(number, { asOf: at.toISOString(), order, ...over });
    };
    return Promise.resolve({
      settings: {},
      credentials: { signing: secret },
      sold: { currency: 'USD', totalMinor: 5000, units: { [sku]: 4 } },
      externalId,
      place: put,
      changes: {
        cancelPart: (number, at) => {
          put(number, at, { cancelled: [{ externalLineId: 'l1', quantity: 3 }] });
          return { cancelled: { [sku]: 3 } };
        },
        refund: (number) => {
          const refund = { externalId: `r${number}`, amount: usd(700), lines: [] };
          present.set(number, { kind: 'refund', externalId: externalId(number), changeId: `r${number}`, refund });
          return { refundedMinor: 700 };
        },
        askCancel: (number) => {
          present.set(number, {
            kind: 'cancel-request',
            externalId: externalId(number),
            changeId: 'asks',
            reason: 'twice',
          });
          return {};
        },
        cancel: (number, at) => {
          put(number, at, { state: 'cancelled' });
          return { cancelled: { [sku]: 4 } };
        },
      },
      message: (number) => {
        const [id, at, body] = [unique('msg'), new Date(), JSON.stringify(present.get(number))];
        const headers = {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, body),
        };
        return { headers, body };
      },
      stop: () => Promise.resolve(),
    });
  },
};
