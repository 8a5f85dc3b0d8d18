/** Webhook topics whose body is the whole order. Source: https://shopify.dev/docs/api/webhooks/latest */
export const orderTopics = [
  'orders/create',
  'orders/updated',
  'orders/paid',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/partially_fulfilled',
] as const;
/** A refund by itself. */
export const refundTopic = 'refunds/create';
/** Says which lines were edited; the order is asked for. */
export const editedTopic = 'orders/edited';
/** An order that polling found; no topic of Shopify's. */
export const polledTopic = 'orders/polled';

const all: readonly string[] = [...orderTopics, editedTopic, polledTopic];
/** True for what becomes an order: what has it all, and what names it. */
export const isOrderTopic = (topic: string): boolean => all.includes(topic);

/** What a shop must be subscribed to, so that no order, change or refund is only found by polling. */
export const neededTopics = ['orders/create', 'orders/updated', 'orders/cancelled', 'refunds/create'] as const;
