import * as z from 'zod';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { type ToolAnswer, callTool } from './call-tool.ts';

type Lines = NoticeToTell<'shipped'>['facts']['lines'];
type Told = Result<{ readonly reference?: string }>;

/** Lines of onX name a SKU, and their own id where the order gave one. */
const itemsOf = (lines: Lines) => lines.map(({ lineId: id, sku, quantity }) => ({ id, sku, quantity }));

/**
 * What a system of onX is told: shipments and what was collected as `fulfill-order`, cancellations as `cancel-order`, refunds as the `create-return` that they are
 * for, an order that is ours as an `update-order`. The standard has no message that goods are ready. Its tools are no sets, so before another try
 * the channel is asked whether the one before was carried out.
 */
export const tell: NonNullable<Connector['tell']> = {
  acknowledged: async (notice, connection) => {
    const { externalId, noticeId } = notice;
    const input = { id: externalId, updates: { status: 'confirmed' } };
    const told = done(await callTool(connection, noticeId, 'update-order', input));
    if (told.ok || told.refusal.code === 'provider-unavailable') return told;
    // What the channel has cancelled meanwhile wants no such word; that it is cancelled comes by itself.
    const look = lookAtOrder(externalId, ({ status }) => status === 'cancelled');
    return unlessDone({ ...notice, tries: notice.tries + 1 }, connection, look, () => Promise.resolve(told));
  },
  shipped: (notice, connection) => {
    const { carrier, trackingNumber, location, lines, shippedAt } = notice.facts;
    return fulfill(notice, connection, {
      ...{ lineItems: itemsOf(lines), trackingNumbers: [trackingNumber], shippingCarrier: carrier },
      ...{ status: 'shipped', locationId: location, expectedShipDate: shippedAt },
    });
  },
  collected: (notice, connection) => {
    const { location, lines } = notice.facts;
    return fulfill(notice, connection, {
      ...{ lineItems: itemsOf(lines), trackingNumbers: [], status: 'delivered', locationId: location },
    });
  },
  cancelled: (notice, connection) => {
    const { externalId, noticeId } = notice;
    const { reason, lines, complete } = notice.facts;
    const input = { orderId: externalId, reason, ...(!complete && { lineItems: itemsOf(lines) }) };
    const look = lookAtOrder(externalId, ({ status }) => complete && status === 'cancelled');
    return unlessDone(notice, connection, look, async () =>
      done(await callTool(connection, noticeId, 'cancel-order', input)),
    );
  },
  refunded: (notice, connection) => {
    const { externalId, noticeId, facts } = notice;
    const isIt = (one: Known) => one.externalId === facts.refundId;
    const look = { tool: 'get-returns', input: { orderIds: [externalId] }, entities: 'returns', isIt };
    return unlessDone(notice, connection, look, async () =>
      done(await callTool(connection, noticeId, 'create-return', { return: returnInput(notice) }), 'return'),
    );
  },
};

/** A parcel is named by its fulfillment order in a custom field: so a repeat is found. */
function fulfill(
  notice: NoticeToTell<'shipped' | 'collected'>,
  connection: Connection,
  input: Readonly<Record<string, unknown>>,
): Promise<Told> {
  const { externalId, noticeId, facts } = notice;
  const parcel = { name: parcelField, value: facts.fulfillmentOrderId };
  const isIt = ({ customFields }: Known) =>
    (customFields ?? []).some(({ name, value }) => name === parcel.name && value === parcel.value);
  const look = { tool: 'get-fulfillments', input: { orderIds: [externalId] }, entities: 'fulfillments', isIt };
  const all = { orderId: externalId, ...input, customFields: [parcel] };
  return unlessDone(notice, connection, look, async () =>
    done(await callTool(connection, noticeId, 'fulfill-order', all), 'fulfillment'),
  );
}

const parcelField = 'fulfillmentOrderId';

function returnInput({ externalId, facts, happenedAt, snapshot }: NoticeToTell<'refunded'>) {
  const { refundId, amount, reason, lines, givenBack } = facts;
  return {
    ...{ orderId: externalId, externalId: refundId, outcome: 'refund', status: 'completed', completedAt: happenedAt },
    refundAmount: Number(decimalFromMinor(amount)),
    refundStatus: givenBack?.amount === amount.amount ? 'refunded' : 'pending',
    returnLineItems: lines.map(({ lineId, sku, quantity }) => ({
      ...{ orderLineItemId: lineId, sku, quantityReturned: quantity, returnReason: reason },
      ...present({ name: snapshot?.order.lines.find(({ externalLineId }) => externalLineId === lineId)?.title }),
    })),
  };
}

const withId = z.looseObject({ id: z.union([z.string(), z.number().transform(String)]).optional() });

/** What the channel made of it, by its own id, where it says so. */
function done(answer: Result<ToolAnswer>, entity?: string): Told {
  if (!answer.ok) return answer;
  const made = entity === undefined ? undefined : withId.safeParse(answer.value[entity]).data;
  return ok(made?.id === undefined ? {} : { reference: made.id });
}

const known = withId.extend({
  externalId: z.string().nullish(),
  status: z.string().nullish(),
  customFields: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
});
type Known = z.infer<typeof known>;

/** How the channel is asked whether an earlier try was carried out. */
interface Look {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly entities: string;
  readonly isIt: (entity: Known) => boolean;
}

const lookAtOrder = (externalId: string, isIt: Look['isIt']): Look => ({
  ...{ tool: 'get-orders', input: { ids: [externalId] }, entities: 'orders' },
  isIt,
});

/**
 * Tells it, unless an earlier try has: the channel is asked before the second. One that cannot answer such a question is told again; one that is
 * not there is told later.
 */
async function unlessDone(
  notice: NoticeToTell,
  connection: Connection,
  look: Look,
  tellIt: () => Promise<Told>,
): Promise<Told> {
  if (notice.tries === 0) return tellIt();
  const answer = await callTool(connection, `${notice.noticeId}-look-${notice.tries}`, look.tool, look.input);
  if (!answer.ok) return answer.refusal.code === 'provider-unavailable' ? answer : tellIt();
  const there = z.array(known).safeParse(answer.value[look.entities]).data?.find(look.isIt);
  return there === undefined ? tellIt() : ok(there.id === undefined ? {} : { reference: there.id });
}
