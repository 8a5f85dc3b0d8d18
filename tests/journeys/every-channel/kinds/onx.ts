import { onxOrder } from '../../../../functions/channels/connectors/onx/fixtures/orders.ts';
import { signed } from '../../../../functions/channels/connectors/webhook/signature.ts';
import { unique } from '../../../testing/steps.ts';
import { type ChannelKind } from '../kind.ts';
import { renamed } from '../renamed.ts';

const secret = `whsec_${Buffer.from('a secret that both sides have').toString('base64')}`;

/** A system that speaks onX: it sends orders, updates and cancels, and is not asked. */
export const onx: ChannelKind = {
  type: 'onx',
  open: ({ tag }) => {
    const [mug, spoon] = [`MUG${tag}`, `SPOON${tag}`];
    const externalId = (number: number) => `so-${9_000_000 + number}`;
    const present = new Map<number, object>();
    const put = (number: number, at: Date) => {
      const updated = { ...onxOrder, updatedAt: at.toISOString() };
      present.set(
        number,
        renamed(updated, { [onxOrder.id]: externalId(number), 'MUG-BLUE': mug, '"SPOON"': `"${spoon}"` }),
      );
    };
    const cancels = (number: number, lines: object) =>
      present.set(number, { orderId: externalId(number), reason: 'customer', ...lines });
    return Promise.resolve({
      settings: {},
      credentials: { signing: secret },
      sold: { currency: 'USD', totalMinor: 4400, units: { [mug]: 2, [spoon]: 3 } },
      externalId,
      place: put,
      changes: {
        cancelPart: (number) => {
          cancels(number, { lineItems: [{ id: 'li-2', sku: spoon, quantity: 2 }] });
          return { cancelled: { [spoon]: 2 } };
        },
        cancel: (number) => {
          cancels(number, {});
          return { cancelled: { [mug]: 2, [spoon]: 3 } };
        },
      },
      message: (number) => {
        const body = JSON.stringify(present.get(number));
        return {
          headers: { 'content-type': 'application/json', ...signed(secret, unique('msg'), new Date(), body) },
          body,
        };
      },
      stop: () => Promise.resolve(),
    });
  },
};
