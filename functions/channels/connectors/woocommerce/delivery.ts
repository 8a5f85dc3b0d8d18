import { type OrderDraft } from '../../domain/connector.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { clean } from '../kit/texts.ts';
import { type WooOrder } from './payload.ts';
import { shipToOf } from './people.ts';
import { factOf, plain } from './texts.ts';

/** How an order gets to its buyer, and where it goes. */
export interface WooDelivery {
  readonly delivery: NonNullable<OrderDraft['delivery']>;
  readonly shipTo: OrderDraft['shipTo'];
}

/**
 * The first shipping line counts. Pickup is `local_pickup`, whose point is its instance (`local_pickup:4`), or the `pickup_location` of the block
 * checkout, whose point is its name; its address is where the order goes. `home`: the shop's country, where an order does not say one.
 * Source: https://woocommerce.com/document/woocommerce-blocks-local-pickup/
 */
export function deliveryOf(order: WooOrder, home: string): WooDelivery {
  const [line] = order.shipping_lines;
  const method = (line?.method_id ?? '').split(':')[0] ?? '';
  const service = plain(line?.method_title);
  const shipTo = shipToOf(order, home);
  if (line === undefined || !/^(local_pickup|pickup_location)/.test(method)) {
    const isLocal = /^local_delivery/.test(method);
    return {
      shipTo,
      delivery: present({ method: isLocal ? ('local-delivery' as const) : ('ship' as const), service }),
    };
  }
  const name = factOf(line.meta_data, 'pickup_location') ?? service;
  const instance = clean(line.instance_id) ?? (line.method_id ?? '').split(':')[1];
  const externalId = method === 'local_pickup' && instance ? `local_pickup:${instance}` : name;
  const address = factOf(line.meta_data, 'pickup_address');
  return {
    shipTo: { ...atPoint(shipTo), ...(address !== undefined && { lines: [address.slice(0, 200)] }) },
    delivery: present({
      method: 'pickup' as const,
      service,
      pickupPoint: present({ externalId, name }),
      instructions: factOf(line.meta_data, 'pickup_details'),
    }),
  };
}

/** Who collects it; where they live is not where it goes. */
const atPoint = ({ name, company, phone, email, country }: OrderDraft['shipTo']): OrderDraft['shipTo'] =>
  present({ name, company, phone, email, country });
