/** Events about an order, which is then asked for. Source: https://developer.squareup.com/docs/webhooks/v2webhook-events-tech-ref */
export const orderTopics: readonly string[] = [
  'order.created',
  'order.updated',
  'order.fulfillment.updated',
  'payment.created',
  'payment.updated',
];
/** Events about a refund. */
export const refundTopics: readonly string[] = ['refund.created', 'refund.updated'];
/** An order that polling found; no event of Square's. */
export const polledTopic = 'order.polled';

/** True for what is about orders. */
export const isOurs = (topic: string): boolean =>
  orderTopics.includes(topic) || refundTopics.includes(topic) || topic === polledTopic;
