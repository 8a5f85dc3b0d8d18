import { type Disposition } from '../../../shared/contracts/returns/dispositions.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { askedLines } from '../../../shared/model/orders/asked-lines.ts';
import { type LineUnits } from '../../../shared/model/orders/order.ts';
import { type Inspection, type Return, type ReturnLine } from '../../../shared/model/returns/return.ts';
import { dispositionRules } from './disposition-rules.ts';

/** What an inspector says of some units of a line. */
export interface Judged extends LineUnits {
  readonly disposition: Disposition;
  readonly note?: string | undefined;
}

const cameBack = ({ disposition }: Judged): boolean => dispositionRules[disposition].cameBack;

/**
 * Every unit of a return with its disposition: as it was judged, and `missing` for what was expected and did not come (which may be said,
 * and need not). Each unit that was received must be judged, once. Refusals: `invalid-request` (no such line, units without a disposition),
 * `quantity-exceeded`.
 */
export function judgement({ lines }: Return, judged: readonly Judged[]): Result<Inspection[]> {
  const expected = askedLines(judged, lines, 'return');
  if (!expected.ok) return expected;
  const came = lines.map((line) => ({ ...line, quantity: line.receivedQuantity }));
  const present = askedLines(
    judged.map((one) => (cameBack(one) ? one : { ...one, quantity: 0 })),
    came,
    'received return',
  );
  if (!present.ok) return present;
  const open = lines.map((line) => ({
    lineId: line.lineId,
    sku: line.sku,
    unjudged: line.receivedQuantity - sumOf(judged, line),
  }));
  const unjudged = open.filter((line) => line.unjudged > 0);
  if (unjudged.length > 0) return notJudged(unjudged);
  return ok(lines.flatMap((line) => [...judgedOf(line, judged), ...missingOf(line, judged)]));
}

const sumOf = (judged: readonly Judged[], { lineId }: LineUnits): number =>
  judged.reduce((sum, one) => sum + (one.lineId === lineId ? one.quantity : 0), 0);

function judgedOf({ lineId, sku }: ReturnLine, judged: readonly Judged[]): Inspection[] {
  const mine = judged.filter((one) => one.lineId === lineId && cameBack(one));
  return mine.map(({ quantity, disposition, note }) => ({
    lineId,
    sku,
    quantity,
    disposition,
    ...(note !== undefined && { note }),
  }));
}

function missingOf(line: ReturnLine, judged: readonly Judged[]): Inspection[] {
  const { lineId, sku } = line;
  const quantity = line.quantity - sumOf(judged.filter(cameBack), line);
  const note = judged.find((one) => one.lineId === lineId && one.disposition === 'missing')?.note;
  return quantity === 0 ? [] : [{ lineId, sku, quantity, disposition: 'missing', ...(note !== undefined && { note }) }];
}

function notJudged(unjudged: readonly { readonly lineId: string; readonly sku: string; readonly unjudged: number }[]) {
  const words = unjudged.map((line) => `${line.unjudged} of line ${line.lineId} (${line.sku})`).join(', ');
  return refuse('invalid-request', `Some received units have no disposition: ${words}. Say what becomes of each.`, {
    facts: { unjudged },
    errors: [{ pointer: '/lines', detail: `must judge every received unit; left: ${words}` }],
  });
}
