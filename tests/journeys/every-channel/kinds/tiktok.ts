import {
  bytes,
  cancellation,
  orderWebhook,
  returned,
  usOrder,
} from '../../../../functions/channels/connectors/tiktok/fixtures/order.ts';
import { unique } from '../../../testing/steps.ts';
import { startTiktokSandbox, tiktokHeaders, tiktokTroubles } from '../../../sandboxes/tiktok.ts';
import { type ChannelKind } from '../kind.ts';
import { renamed } from '../renamed.ts';

const app = { appKey: 'app-key-1', appSecret: 'an-app-secret-of-tiktok', shopCipher: 'ROW_abc' };
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const wanted = [
  'ORDER_STATUS_CHANGE',
  'RECIPIENT_ADDRESS_UPDATE',
  'PACKAGE_UPDATE',
  'CANCELLATION_STATUS_CHANGE',
  'RETURN_STATUS_CHANGE',
];

/** TikTok Shop: messages name orders, which are asked for with their cancellations and returns. */
export const tiktok: ChannelKind = {
  type: 'tiktok',
  open: async ({ webhookUrl, tag }) => {
    const sandbox = await startTiktokSandbox(app);
    sandbox.subscribe(...wanted.map((event_type) => ({ event_type, address: webhookUrl })));
    const [mug, lamp] = [`MUG${tag}`, `LAMP${tag}`];
    const externalId = (number: number) => String(576912345678901000n + BigInt(number));
    const named = <T>(number: number, value: T): T =>
      renamed(value, { '576912345678901234': externalId(number), 'MUG-BLUE': mug, '"LAMP"': `"${lamp}"` });
    const put = (number: number, at: Date, over: Record<string, unknown> = {}) => {
      const times = { create_time: seconds(at), update_time: seconds(at), paid_time: seconds(at) };
      sandbox.putOrder(named(number, usOrder({ ...times, ...over })));
    };
    const cancels = (number: number, at: Date, over: Record<string, unknown>) =>
      sandbox.putCancellation(
        named(number, cancellation({ cancel_id: `40350${number}`, update_time: seconds(at), ...over })),
      );
    return {
      settings: {
        ...{ appKey: app.appKey, shopCipher: app.shopCipher, warehouseId: 'W1' },
        ...{ apiUrl: sandbox.url, authUrl: sandbox.url },
      },
      credentials: {
        signing: app.appSecret,
        values: { appSecret: app.appSecret, refreshToken: sandbox.refreshToken() },
      },
      wrong: { values: { appSecret: 'not-the-secret' }, says: /appSecret/ },
      sold: { currency: 'USD', totalMinor: 5805, units: { [mug]: 2, [lamp]: 1 } },
      externalId,
      place: (number, at) => put(number, at),
      changes: {
        cancelPart: (number, at) => {
          put(number, at);
          cancels(number, at, {});
          return { cancelled: { [mug]: 1 }, refundedMinor: 1605 };
        },
        refund: (number, at) => {
          put(number, at);
          const over = { return_id: `40360${number}`, return_type: 'REFUND', update_time: seconds(at) };
          sandbox.putReturn(named(number, returned(over)));
          return { refundedMinor: 1926 };
        },
        askCancel: (number, at) => {
          put(number, at, { is_buyer_request_cancel: true });
          cancels(number, at, { cancel_status: 'CANCELLATION_REQUEST_PENDING' });
          return {};
        },
        cancel: (number, at) => {
          put(number, at, { status: 'CANCELLED' });
          return { cancelled: { [mug]: 2, [lamp]: 1 } };
        },
      },
      message: (number) => {
        const [timestamp, order_id] = [seconds(new Date()), externalId(number)];
        const data = { order_id, update_time: timestamp };
        const body = bytes(orderWebhook(order_id, { tts_notification_id: unique('7327'), timestamp, data }));
        return { headers: tiktokHeaders(app, body), body };
      },
      fail: {
        throttled: () => sandbox.troubles.answer({ ...tiktokTroubles.throttled, headers: { 'retry-after': '1' } }, 2),
        broken: () => sandbox.troubles.answer(tiktokTroubles.brokenInWords, 2),
      },
      deliveriesWait: true,
      stop: sandbox.stop,
    };
  },
};
