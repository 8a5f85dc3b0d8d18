import { stockCountAssigned } from '../../../../shared/contracts/stock/count-events.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { create } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type StockCount } from '../../../../shared/model/stock/count.ts';
import { type StockPorts } from '../../ports.ts';
import { type Context } from '../context.ts';
import { placeOf } from '../shelf-at.ts';
import { type CountView, aboutCount, viewOf } from './view.ts';

/** What is to be counted, where, by whom. */
export interface CountInput {
  readonly location: string;
  readonly skus: readonly string[];
  readonly assignedTo?: string | undefined;
}

/** Asks for a count; a SKU that was never at the location can be counted too. Refusals: `unknown-location`, `forbidden`. */
export const createCount =
  (ports: Pick<StockPorts, 'location' | 'commit'>) =>
  (input: CountInput, call: Context): Promise<Result<CountView>> => {
    const count = newCount(input, call);
    return decideAndCommit<CountView>(
      ports.commit,
      async () => {
        const allowed = call.permit(input.location);
        if (!allowed.ok) return allowed;
        const place = await placeOf(ports, input.location);
        return place.ok ? ok({ changes: [create('stockCount', count)], reply: viewOf(count) }) : place;
      },
      call.once,
    );
  };

function newCount({ location, skus, assignedTo }: CountInput, call: Context): StockCount {
  const count: StockCount = {
    countId: randomId('count'),
    location,
    state: 'ASSIGNED',
    lines: skus.map((sku) => ({ sku })),
    ...(assignedTo !== undefined && { assignedTo }),
    createdAt: call.now,
    recounts: 0,
    version: 1,
    updatedAt: call.now,
    events: [],
  };
  return { ...count, events: [assignedEvent(count, call)] };
}

/** The event of a count that somebody has to do. */
export const assignedEvent = (count: StockCount, call: Context) =>
  stockCountAssigned.of(count.countId, count.version, call, {
    ...aboutCount(count),
    ...(count.assignedTo !== undefined && { assignedTo: count.assignedTo }),
    recounts: count.recounts,
  });
