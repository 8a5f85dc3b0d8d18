import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type fulfillmentOrderAccepted } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, type PutChange, replace } from '../../../shared/model/changes.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type FulfillmentLine, type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type View, viewOf } from './view.ts';
import { type Work, readWork } from './work.ts';

/** Who does something and when. */
export interface Context {
  readonly now: string;
  readonly actor: string;
}

/** A location's answer to one fulfillment order. */
export interface AnswerCall extends Context {
  readonly fulfillmentOrderId: string;
  /** Whether this caller may act on it: a key may be bound to one location or channel. */
  readonly permit: (fulfillmentOrder: FulfillmentOrder) => Result<true>;
  readonly once?: OnceKey;
}

/** What an answer comes to: the fulfillment order after it, and what else changes with it in the same commit. */
export interface Answered {
  readonly after: FulfillmentOrder;
  readonly others?: readonly Change[];
}

/** Answers with a change of the fulfillment order alone: one read, one conditional write. */
export const answerAlone = (
  ports: FulfillmentPorts,
  call: AnswerCall,
  decide: (before: FulfillmentOrder) => Result<Answered>,
): Promise<Result<View>> =>
  decideAndCommit(
    ports.commit,
    async () => {
      const before = await ports.fulfillmentOrder(call.fulfillmentOrderId);
      if (before === undefined) return notFound(call.fulfillmentOrderId);
      const permitted = call.permit(before);
      return permitted.ok ? decided(before, decide(before)) : permitted;
    },
    call.once,
  );

/** Answers with a change of the fulfillment order, its order and stock: two reads at once, one transaction. */
export const answerWithOrder = (
  ports: FulfillmentPorts,
  call: AnswerCall,
  decide: (work: Work) => Result<Answered>,
): Promise<Result<View>> =>
  decideAndCommit(
    ports.commit,
    async () => {
      const work = await readWork(ports, call.fulfillmentOrderId);
      if (work === undefined) return notFound(call.fulfillmentOrderId);
      const permitted = call.permit(work.fulfillmentOrder);
      return permitted.ok ? decided(work.fulfillmentOrder, decide(work)) : permitted;
    },
    call.once,
  );

/** The refusal for an id that names nothing here. */
export const notFound = (fulfillmentOrderId: string) =>
  refuse(
    'not-found',
    `There is no fulfillment order ${fulfillmentOrderId}. GET /v1/locations/{locationId}/fulfillment-orders lists a location's work.`,
  );

function decided(before: FulfillmentOrder, answered: Result<Answered>): Result<Decision<View>> {
  if (!answered.ok) return answered;
  const { after, others = [] } = answered.value;
  return ok({ changes: [replace('fulfillmentOrder', after, before.version), ...others], reply: viewOf(after) });
}

/** The fulfillment order after a write: the next version, with exactly the events of this write. */
export const written = (
  before: FulfillmentOrder,
  patch: Partial<FulfillmentOrder>,
  { now }: Context,
  events: (version: number) => readonly EventMessage[],
): FulfillmentOrder => ({
  ...before,
  ...patch,
  version: before.version + 1,
  updatedAt: now,
  events: events(before.version + 1),
});

/** The order after a write, conditional on the version that was read. */
export const orderWritten = (
  before: Order,
  patch: Partial<Order>,
  { now }: Context,
  events: readonly EventMessage[] = [],
): PutChange =>
  replace('order', { ...before, ...patch, version: before.version + 1, updatedAt: now, events }, before.version);

/** What every event of a fulfillment order says. */
export const about = ({ orderId, channelId, fulfillmentOrderId, location, delivery }: FulfillmentOrder) => ({
  orderId,
  channelId,
  fulfillmentOrderId,
  location,
  ...(delivery?.method === 'pickup' && { pickup: true as const }),
});

/** A plain step's event: which units it is about. */
export const stepEvent =
  (contract: typeof fulfillmentOrderAccepted, before: FulfillmentOrder, context: Context) =>
  (version: number): readonly EventMessage[] => [
    contract.of(before.fulfillmentOrderId, version, context, { ...about(before), lines: plain(before.lines) }),
  ];

/** Lines as events and answers carry them. */
export const plain = (lines: readonly FulfillmentLine[]) =>
  lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

/** What the ledger says of a stock change that an answer makes. */
export const causeOf = (
  operation: string,
  { fulfillmentOrderId }: FulfillmentOrder,
  { now, actor }: Context,
  reason?: string,
) => ({
  operation,
  reference: fulfillmentOrderId,
  actor,
  at: now,
  ...(reason !== undefined && { reason }),
});

/** Lines as demand on the location's shelf. */
export const atLocation = (lines: readonly FulfillmentLine[], { location }: FulfillmentOrder) =>
  lines.map(({ sku, quantity }) => ({ sku, quantity, location }));
