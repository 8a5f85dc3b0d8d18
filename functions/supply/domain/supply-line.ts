import { supplyChanged } from '../../../shared/contracts/supply/events.ts';
import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { type PurchaseOrder, type Supply, openOf } from '../../../shared/model/stock/supply.ts';
import { type SupplyPorts } from '../ports.ts';

/** When, and in whose name. */
export interface SupplyContext {
  readonly now: string;
  readonly actor: string;
}

/** A line as it becomes; what every write carries is added to it. */
export type NextLine = Omit<Supply, 'version' | 'updatedAt' | 'events'>;

/** The write of a line, with its event: whoever waits for the SKU is promised anew. */
export function lineChange(next: NextLine, before: Supply | undefined, context: SupplyContext): Change {
  const { sku, location, pool, reference } = next;
  const version = (before?.version ?? 0) + 1;
  const about = { sku, location, ...(pool !== undefined && { pool }), reference };
  const events = [supplyChanged.of(`${sku}@${location}#${reference}`, version, context, about)];
  const line: Supply = { ...next, version, updatedAt: context.now, events };
  return before === undefined ? create('supply', line) : replace('supply', line, before.version);
}

/** The write of a purchase order, which makes writes of its lines one after the other. */
export function orderChange(
  next: Omit<PurchaseOrder, 'version' | 'updatedAt'>,
  before: PurchaseOrder | undefined,
  { now }: SupplyContext,
): Change {
  const order: PurchaseOrder = { ...next, version: (before?.version ?? 0) + 1, updatedAt: now };
  return before === undefined ? create('purchaseOrder', order) : replace('purchaseOrder', order, before.version);
}

/** What is to come under a reference, as it is read. */
export interface SupplyView {
  readonly reference: string;
  readonly kind: Supply['kind'];
  readonly location: string;
  readonly lines: (Pick<Supply, 'sku' | 'quantity' | 'received' | 'eta' | 'confidence' | 'state'> & {
    readonly open: number;
    readonly cancelledReason?: string;
  })[];
}

/** Lines under one reference as they are read. */
export const viewOf = (
  head: Pick<Supply, 'reference' | 'kind' | 'location'>,
  lines: readonly NextLine[],
): SupplyView => ({
  reference: head.reference,
  kind: head.kind,
  location: head.location,
  lines: lines.map((line) => {
    const { sku, quantity, received, eta, confidence, state, cancelledReason } = line;
    const told = { sku, quantity, received, open: openOf(line), eta, confidence, state };
    return { ...told, ...(cancelledReason !== undefined && { cancelledReason }) };
  }),
});

/** A purchase order with all its lines, read consistently; `undefined` when there is none. */
export async function readPurchase(
  ports: Pick<SupplyPorts, 'purchaseOrder' | 'linesOf'>,
  reference: string,
): Promise<{ readonly order: PurchaseOrder; readonly lines: readonly Supply[] } | undefined> {
  const order = await ports.purchaseOrder(reference);
  return order && { order, lines: await ports.linesOf(order, order.skus) };
}
