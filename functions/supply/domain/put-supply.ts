import { type FieldError, type RefusalCode } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Supply, supplyTransitions } from '../../../shared/model/stock/supply.ts';
import { type Confidence, mostPurchaseLines } from '../../../shared/contracts/supply/terms.ts';
import { type SupplyPorts } from '../ports.ts';
import {
  type NextLine,
  type SupplyContext,
  type SupplyView,
  lineChange,
  orderChange,
  readPurchase,
  viewOf,
} from './supply-line.ts';
import { unknownLocation } from './unknown-supply.ts';

/** A purchase order as a buyer states it: the whole of what is to come. */
export interface SupplyInput {
  readonly reference: string;
  readonly location: string;
  readonly eta: string;
  readonly confidence: Confidence;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

type PutPorts = Pick<SupplyPorts, 'location' | 'purchaseOrder' | 'linesOf' | 'transferLines' | 'commit'>;

/**
 * Announces a purchase order, or replaces what was said of it, in one transaction. What has ended stays as it is: a line that was received
 * or called off does not open again, so that a late repeat of an old announcement revives nothing.
 * Refusals: `unknown-location`; `invalid-request` for a time that is over; `reference-reused` for a transfer's reference, or another location; `quantity-exceeded` for less than was
 * received; `state-conflict` for a line that has ended; `limit-exceeded` for more lines than one order has.
 */
export const putSupply =
  (ports: PutPorts) =>
  (input: SupplyInput, context: SupplyContext): Promise<Result<SupplyView>> =>
    decideAndCommit<SupplyView>(ports.commit, async () => {
      const [location, purchase] = await Promise.all([
        ports.location(input.location),
        readPurchase(ports, input.reference),
      ]);
      if (location === undefined) return unknownLocation(input.location);
      const order = purchase?.order;
      if (order === undefined && (await ports.transferLines(input.reference)).length > 0)
        return reused(`${input.reference} is a transfer; transfers say themselves what is to come.`, '/kind');
      if (order !== undefined && order.location !== input.location)
        return reused(
          `${input.reference} goes to ${order.location}. Cancel it and use another reference.`,
          '/location',
        );
      const present = purchase?.lines ?? [];
      if (input.eta <= context.now && !present.some(({ eta }) => eta === input.eta)) return past();
      const skus = [...new Set([...(order?.skus ?? []), ...input.lines.map(({ sku }) => sku)])];
      const allowed = mayBecome(input, present, skus);
      if (!allowed.ok) return allowed;
      return ok(decision(input, location, { order, present, skus }, context));
    });

/** Who is told of goods is told when they come; an order that is overdue may still be changed otherwise. */
const past = () =>
  refuse('invalid-request', 'What is to come cannot have come before now. Say when it is expected.', {
    errors: [{ pointer: '/eta', detail: 'must be in the future' }],
  });

const reused = (detail: string, pointer: string) =>
  refuse('reference-reused', detail, { errors: [{ pointer, detail: 'does not fit what the reference stands for' }] });

function mayBecome(input: SupplyInput, present: readonly Supply[], skus: readonly string[]): Result<true> {
  const received = refusedLines(input, present, ({ received, state }, quantity) =>
    state === 'OPEN' && quantity < received ? `must be at least ${received}, which have arrived` : undefined,
  );
  if (received.length > 0) return refused('quantity-exceeded', 'More has arrived than is to be ordered.', received);
  const ended = refusedLines(input, present, (line, quantity) =>
    line.state === 'CANCELLED' || (line.state === 'RECEIVED' && line.quantity !== quantity)
      ? `is ${line.state} with ${line.received} of ${line.quantity}; announce more under another reference`
      : undefined,
  );
  if (ended.length > 0) return refused('state-conflict', 'What was received or called off stays as it is.', ended);
  if (skus.length > mostPurchaseLines) {
    return refuse(
      'limit-exceeded',
      `A purchase order has at most ${mostPurchaseLines} SKUs, those that were called off included. Use another reference for more.`,
      { errors: [{ pointer: '/lines', detail: `may bring it to ${mostPurchaseLines} SKUs` }] },
    );
  }
  return ok(true);
}

const refused = (code: RefusalCode, sentence: string, errors: readonly (FieldError & { readonly sku: string })[]) =>
  refuse(code, `${sentence} ${errors.map(({ sku, detail }) => `${sku}: ${detail}`).join('; ')}.`, {
    errors: errors.map(({ pointer, detail }) => ({ pointer, detail })),
    facts: { skus: errors.map(({ sku }) => sku) },
  });

const refusedLines = (
  { lines }: SupplyInput,
  present: readonly Supply[],
  wrong: (line: Supply, quantity: number) => string | undefined,
) =>
  lines.flatMap(({ sku, quantity }, index) => {
    const line = present.find((one) => one.sku === sku);
    const detail = line && wrong(line, quantity);
    return detail === undefined ? [] : [{ sku, pointer: `/lines/${index}/quantity`, detail }];
  });

function decision(
  input: SupplyInput,
  location: Location,
  was: { order: Parameters<typeof orderChange>[1]; present: readonly Supply[]; skus: readonly string[] },
  context: SupplyContext,
): Decision<SupplyView> {
  const lines = was.skus.flatMap((sku) => nextLine(sku, input, location, was.present) ?? []);
  const changes = lines.flatMap((line): Change[] => {
    const before = was.present.find(({ sku }) => sku === line.sku);
    return before !== undefined && isSame(before, line) ? [] : [lineChange(line, before, context)];
  });
  const { reference } = input;
  const head = { reference, location: location.locationId, kind: 'purchase-order' as const };
  const order = orderChange({ reference, location: head.location, skus: was.skus }, was.order, context);
  return { changes: changes.length === 0 ? [] : [order, ...changes], reply: viewOf(head, lines) };
}

/** What becomes of one SKU of the order: announced, revised, called off, or left as it ended. */
function nextLine(
  sku: string,
  input: SupplyInput,
  location: Location,
  present: readonly Supply[],
): NextLine | undefined {
  const line = present.find((one) => one.sku === sku);
  const asked = input.lines.find((one) => one.sku === sku);
  if (line !== undefined && line.state !== 'OPEN') return line;
  if (asked === undefined) return line && { ...line, state: supplyTransitions.OPEN.cancel ?? line.state };
  const { reference, eta, confidence } = input;
  const received = line?.received ?? 0;
  const revised: NextLine = {
    sku,
    location: location.locationId,
    ...(location.pool !== undefined && { pool: location.pool }),
    reference,
    kind: 'purchase-order',
    quantity: asked.quantity,
    received,
    eta,
    confidence,
    state: 'OPEN',
  };
  return received < asked.quantity ? revised : { ...revised, state: supplyTransitions.OPEN.complete ?? 'RECEIVED' };
}

const isSame = (a: NextLine, b: NextLine): boolean =>
  (['quantity', 'eta', 'confidence', 'state', 'pool'] as const).every((field) => a[field] === b[field]);
