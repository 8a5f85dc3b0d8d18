import { type OrderException } from '../../../shared/model/orders/order.ts';

/** True for what a cancelled order still wants a person for: money that the channel moved, and goods that came back. */
export const outlivesCancel = ({ code }: Pick<OrderException, 'code'>): boolean =>
  /^channel-(refund|return)-/.test(code);
