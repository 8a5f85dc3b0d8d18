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

/** What came back with an order that is a sale too (an exchange): beside the order itself, a delivery of its own. No event of Square's. */
export const exchangeTopic = 'order.exchange';

/** True for what is about orders. */
export const isOurs = (topic: string): boolean =>
  orderTopics.includes(topic) || refundTopics.includes(topic) || topic === polledTopic || topic === exchangeTopic;
