import { derivedId } from '../../../../shared/kernel/ids.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type StockException } from '../../../../shared/model/stock/stock-exception.ts';
import { type StockPorts } from '../../ports.ts';

/** What an event says of a pool or a position. */
export interface Shortfall {
  readonly sku: string;
  readonly pool?: string | undefined;
  readonly location?: string | undefined;
  readonly operation: string;
  readonly reference: string;
  /** Units that are promised and not there; 0 when all are. */
  readonly quantity: number;
  /** Version of the counters that say so. */
  readonly version: number;
  /** When they said so. */
  readonly at: string;
}

/**
 * Keeps the exception of a pool or a position that has promised more than is there, and resolves it when that is over. Events come in any
 * order and more than once: what is no newer than what the exception knows changes nothing.
 */
export const keepException =
  (ports: Pick<StockPorts, 'exception' | 'commit'>) =>
  async (shortfall: Shortfall): Promise<void> => {
    const exceptionId = idOf(shortfall);
    const kept = await decideAndCommit(ports.commit, async () => {
      const before = await ports.exception(exceptionId);
      if (before !== undefined && before.subjectVersion >= shortfall.version) return ok({ changes: [], reply: null });
      const after = exceptionOf(exceptionId, shortfall, before);
      const change =
        before === undefined ? create('stockException', after) : replace('stockException', after, before.version);
      return ok({ changes: [change], reply: null });
    });
    if (!kept.ok) throw new Error(`exception ${exceptionId} could not be kept: ${kept.refusal.detail}`);
  };

const codeOf = ({ location }: Shortfall) => (location === undefined ? 'oversold' : 'over-promised');

/** The pool or the position; one of the two is not there. */
const subjectOf = ({ sku, pool, location }: Shortfall): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ sku, pool, location }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const idOf = (shortfall: Shortfall): string =>
  derivedId('exception', codeOf(shortfall), ...Object.entries(subjectOf(shortfall)).flat());

function exceptionOf(exceptionId: string, shortfall: Shortfall, before: StockException | undefined): StockException {
  const { quantity, version: subjectVersion, at } = shortfall;
  const wasOpen = before !== undefined && before.resolvedAt === undefined;
  return {
    exceptionId,
    code: codeOf(shortfall),
    subject: subjectOf(shortfall),
    detail: quantity > 0 ? detailOf(shortfall) : (before?.detail ?? ''),
    quantity,
    raisedAt: wasOpen ? before.raisedAt : at,
    ...(quantity === 0 && { resolvedAt: at }),
    subjectVersion,
    version: (before?.version ?? 0) + 1,
  };
}

const detailOf = ({ sku, pool, location, quantity, operation, reference }: Shortfall): string =>
  location === undefined
    ? `Pool ${pool} has promised ${quantity} of ${sku} more than its locations have; the last to change that was ${operation} ${reference}.`
    : `Location ${location} has promised ${quantity} of ${sku} more than its shelf has; the last to change that was ${operation} ${reference}.`;
