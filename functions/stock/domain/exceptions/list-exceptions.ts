import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type StockException, type StockExceptionCode } from '../../../../shared/model/stock/stock-exception.ts';
import { type PageRequest, type StockPorts } from '../../ports.ts';

/** What a person can do about an exception, with names in braces that its subject has; it resolves itself once that has helped. */
const remedies: Readonly<Record<StockExceptionCode, string>> = {
  oversold:
    'Receive or transfer units into the pool, correct a wrong count, or cancel orders that are not routed yet. GET /v1/stock/{sku} shows where units are.',
  'over-promised':
    'Count the shelf, or let the location reject what it cannot find: its units are then routed to another. GET /v1/locations/{location}/fulfillment-orders shows what it owes.',
  'audit-finding':
    'Look up the movements of the subject in the ledger, and correct the counters by what they add up to.',
};

/** An exception with what to do about it. */
export interface ShownException extends Pick<
  StockException,
  'exceptionId' | 'code' | 'detail' | 'quantity' | 'raisedAt'
> {
  readonly subject: Record<string, string>;
  readonly remedy: string;
}

/** What needs a person about stock, oldest first. Refusal: `invalid-request` for a foreign cursor. */
export const listExceptions =
  (ports: Pick<StockPorts, 'openExceptions'>) =>
  async (page: PageRequest): Promise<Result<{ exceptions: ShownException[]; cursor?: string }>> => {
    const found = await ports.openExceptions(page);
    if (!found.ok) return found;
    const { items, ...more } = found.value;
    const exceptions = items.map(({ subject, ...one }) => ({
      ...one,
      subject: { ...subject },
      remedy: remedies[one.code].replaceAll(/\{(\w+)\}/g, (asIs, name: string) => subject[name] ?? asIs),
    }));
    return ok({ exceptions, ...more });
  };
