/** Events about an order that change nothing of it. */
const asides = ['store/order/message/', 'store/order/metafield/'];

/** Why an event is none of ours; `undefined` for one that says that an order changed. */
export function notOurs(topic: string): string | undefined {
  if (!topic.startsWith('store/order/')) return `${topic} is about no order`;
  return asides.some((aside) => topic.startsWith(aside)) ? `${topic} changes nothing of the order` : undefined;
}
