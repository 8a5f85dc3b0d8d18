import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type PageRequest, type StockPorts } from '../../ports.ts';
import { type CountCall, permittedCount } from './count-call.ts';
import { type CountView, viewOf } from './view.ts';

/** Reads a count. Refusals: `not-found`, `forbidden`. */
export const readCount =
  (ports: Pick<StockPorts, 'count'>) =>
  async (call: Pick<CountCall, 'countId' | 'permit'>): Promise<Result<CountView>> => {
    const found = await permittedCount(ports, call);
    return found.ok ? ok(viewOf(found.value)) : found;
  };

/** A location's open counts, oldest first, without their lines. Refusals: `forbidden`, `invalid-request` for a foreign cursor. */
export const listCounts =
  (ports: Pick<StockPorts, 'openCounts'>) =>
  async (location: string, page: PageRequest, permit: CountCall['permit']) => {
    const allowed = permit(location);
    if (!allowed.ok) return allowed;
    const found = await ports.openCounts(location, page);
    if (!found.ok) return found;
    const { items, ...more } = found.value;
    const counts = items.map(({ lines, ...count }) => ({ ...count, lines: lines.length }));
    return ok({ counts, ...more });
  };
