import { channelRefusedCode } from '../../../shared/model/channels/notice.ts';
import { type OrderException } from '../../../shared/model/orders/order.ts';

/** True for what a cancelled order still wants a person for: money that the channel moved, goods that came back, what it refuses to be told. */
export const outlivesCancel = ({ code }: Pick<OrderException, 'code'>): boolean =>
  /^channel-(refund|return)-/.test(code) || code === channelRefusedCode;
