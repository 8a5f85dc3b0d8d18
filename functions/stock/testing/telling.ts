import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Teller } from '../domain/movements/move-line.ts';
import { moveStock } from '../domain/movements/move-stock.ts';
import { type StockPorts } from '../ports.ts';
import { caller } from './memory-ports.ts';

/** One who tells movements, anywhere. */
export const teller: Teller = { ...caller, caller: 'key-1' };
let count = 0;
/** A reference that no other line has. */
export const reference = () => `ref-${(count += 1)}`;

/** A line about a SKU, at Boston unless it says otherwise. */
export const line = (operation: string, more: object, sku = 'A', location = 'boston') => ({
  operation,
  location,
  sku,
  reference: reference(),
  ...more,
});

/** A call of some lines, under a key. */
export const told = (ports: StockPorts, lines: readonly unknown[], key = reference(), by = teller) =>
  moveStock(ports)(lines, by, { key, requestHash: sha256Hex(canonicalJson(lines)) });

/** The results of a call that was taken. */
export async function results(ports: StockPorts, ...lines: readonly unknown[]) {
  const answer = await told(ports, lines);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value.results;
}
