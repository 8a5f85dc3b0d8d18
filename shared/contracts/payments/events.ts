import * as z from 'zod';
import { money, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

const about = { orderId: z.string(), channelId: slug, paymentId: z.string() };
const example = { orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s', channelId: 'webshop', paymentId: 'pay_1' };
const amount = { amount: 4398, currency: 'USD' };

/** Money is promised. */
export const paymentAuthorized = defineEvent({
  name: 'PaymentAuthorized',
  version: 1,
  capability: 'payments',
  fires: 'When a gateway authorized a payment.',
  data: z.object({ ...about, amount: money }),
  example: { ...example, amount },
});

/** Money was taken. */
export const paymentCaptured = defineEvent({
  name: 'PaymentCaptured',
  version: 1,
  capability: 'payments',
  fires: 'When a gateway captured a payment.',
  data: z.object({ ...about, amount: money }),
  example: { ...example, amount },
});

/** Money was refused. */
export const paymentDeclined = defineEvent({
  name: 'PaymentDeclined',
  version: 1,
  capability: 'payments',
  fires: 'When a gateway declined a payment for good.',
  data: z.object({ ...about, detail: z.string() }),
  example: { ...example, detail: 'Your card was declined.' },
});

/** Money went back. */
export const refundIssued = defineEvent({
  name: 'RefundIssued',
  version: 1,
  capability: 'payments',
  fires: 'When a refund succeeded with its provider.',
  data: z.object({
    ...about,
    refundId: z.string(),
    returnId: z.string().optional(),
    amount: money,
    reason: z.string(),
  }),
  example: { ...example, refundId: 'ref_1', returnId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-r1', amount, reason: 'return' },
});
