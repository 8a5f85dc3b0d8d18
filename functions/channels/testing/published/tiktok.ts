import { type PublishedCall } from './published-call.ts';

const page = (name: string): string => `https://partner.tiktokshop.com/docv2/page/${name}-202309`;
const documented = (call: string, name: string, body: unknown): PublishedCall => ({
  call,
  documented: { source: page(name), body },
});
const window = { update_time_ge: 1, update_time_lt: 2 };
const shipment = { tracking_number: 'A', shipping_provider_id: '1' };

/** What TikTok Shop has published of the calls of its Open API. */
export const tiktok: readonly PublishedCall[] = [
  { call: 'POST /product/202309/products/{}/inventory/update', requests: ['tiktok/inventory_update.request.json'] },
  documented('POST /product/202309/inventory/search', 'inventory-search', { product_ids: ['1'], sku_ids: ['1'] }),
  documented('POST /product/202309/products/search', 'search-products', {}),
  documented('POST /product/202309/products/activate', 'activate-product', { product_ids: ['1'] }),
  documented('POST /product/202309/products/deactivate', 'deactivate-products', { product_ids: ['1'] }),
  documented('DELETE /product/202309/products', 'delete-products', { product_ids: ['1'] }),
  documented('POST /product/202309/products/{}/partial_edit', 'partial-edit-product', {
    ...{ title: 'A', description: '<p>A</p>' },
  }),
  documented('POST /product/202309/products/{}/prices/update', 'update-price', {
    skus: [{ id: '1', price: { amount: '1.50', currency: 'USD' } }],
  }),
  documented('POST /order/202309/orders/search', 'get-order-list', window),
  documented('POST /fulfillment/202309/orders/{}/packages', 'mark-package-as-shipped', {
    ...{ order_line_item_ids: ['1'], ...shipment },
  }),
  documented('POST /fulfillment/202309/packages/{}/ship', 'ship-package', {
    ...{ handover_method: 'DROP_OFF', self_shipment: shipment },
  }),
  documented('POST /return_refund/202309/cancellations', 'cancel-order', {
    ...{ order_id: '1', cancel_reason: 'A', order_line_item_ids: ['1'] },
  }),
  { call: 'POST /return_refund/202309/cancellations/{}/approve', documented: { source: page('approve-cancellation') } },
  documented('POST /return_refund/202309/cancellations/search', 'search-cancellations', {
    order_ids: ['1'],
    ...window,
  }),
  documented('POST /return_refund/202309/returns', 'create-return', {
    ...{ order_id: '1', order_line_item_ids: ['1'], return_type: 'REFUND', return_reason: 'A' },
    ...{ refund_total: '1.50', currency: 'USD' },
  }),
  documented('POST /return_refund/202309/returns/search', 'search-returns', { order_ids: ['1'], ...window }),
];
