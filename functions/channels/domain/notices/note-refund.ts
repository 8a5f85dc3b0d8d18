import { type Money } from '../../../../shared/kernel/money.ts';
import { type Order, type Refund } from '../../../../shared/model/orders/order.ts';
import { type Return } from '../../../../shared/model/returns/return.ts';
import { type Draft, type Happened, type NotePorts, note } from './note.ts';
import { lostAtChannel } from './units-at-channel.ts';

/** Money went back, or is owed, as the event tells it. */
interface Issued {
  readonly orderId: string;
  readonly channelId: string;
  readonly refundId: string;
  readonly returnId?: string | undefined;
  readonly amount: Money;
  readonly reason: string;
}
/** A return is over, as the event tells it. */
interface Settled {
  readonly orderId: string;
  readonly channelId: string;
  readonly returnId: string;
}

/** Notes a refund that is for no return; those of a return are told together, once it is settled. */
export const noteRefund =
  (ports: NotePorts) =>
  async (event: Happened<Issued>, now: string): Promise<void> => {
    const { refundId, returnId, amount, reason } = event.data;
    if (returnId !== undefined) return;
    await note(ports)(event, now, (order): Draft[] => {
      const refund = order.refunds.find((one) => one.refundId === refundId);
      if (refund === undefined || isTheirs(refund)) return [];
      const facts = { refundId, amount, ...givenBack(order, [refund]), reason, lines: [] };
      return [{ kind: 'refunded', of: refundId, facts }];
    });
  };

/** Notes what a return comes to: its refunds and the units that came back. One that is worth nothing is not told. */
export const noteReturn =
  (ports: NotePorts) =>
  (event: Happened<Settled>, now: string): Promise<void> =>
    note(ports)(event, now, async (order, _noticed, hears): Promise<Draft[]> => {
      const { returnId } = event.data;
      const refunds = order.refunds.filter((one) => one.returnId === returnId && one.state === 'succeeded');
      const ours = refunds.filter((one) => !isTheirs(one));
      const returned = ours.length > 0 && hears('refunded') ? await ports.returned(returnId) : undefined;
      if (returned === undefined) return [];
      const amount = { amount: sumMinor(ours), currency: order.currency };
      const facts = {
        ...{ refundId: returnId, returnId, amount, ...givenBack(order, ours) },
        reason: reasonsOf(returned),
        lines: lostAtChannel(order, returned.inspections),
      };
      return [{ kind: 'refunded', of: returnId, facts }];
    });

/** A refund that the channel made, and told us of. */
const isTheirs = ({ externalId }: Refund): boolean => externalId !== undefined;

const sumMinor = (refunds: readonly Refund[]): number => refunds.reduce((sum, { amount }) => sum + amount.amount, 0);

/** What our gateway has moved; the channel's own payments it moves itself. */
function givenBack(order: Order, refunds: readonly Refund[]): { readonly givenBack?: Money } {
  const isGateway = ({ paymentId }: Refund) =>
    order.payments.some((one) => one.paymentId === paymentId && one.provider === 'gateway');
  const amount = sumMinor(refunds.filter(isGateway));
  return amount === 0 ? {} : { givenBack: { amount, currency: order.currency } };
}

const reasonsOf = ({ lines }: Return): string => [...new Set(lines.map(({ reason }) => reason))].join(', ') || 'return';
