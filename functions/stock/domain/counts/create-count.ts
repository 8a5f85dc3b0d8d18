import { stockCountAssigned } from '../../../../shared/contracts/stock/count-events.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
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

/** Open counts of a location that are looked at; nobody has more. */
const mostOpen = 200;

/**
 * Asks for a count; a SKU that was never at the location can be counted too. Refusals: `unknown-location`, `forbidden`; `state-conflict` for
 * a SKU that is being counted there: two counts of one shelf would bring one difference into the books twice.
 */
export const createCount =
  (ports: Pick<StockPorts, 'location' | 'openCounts' | 'commit'>) =>
  (input: CountInput, call: Context): Promise<Result<CountView>> => {
    const count = newCount(input, call);
    return decideAndCommit<CountView>(
      ports.commit,
      async () => {
        const allowed = call.permit(input.location);
        if (!allowed.ok) return allowed;
        const place = await placeOf(ports, input.location);
        if (!place.ok) return place;
        const free = await notCountedYet(ports, input);
        return free.ok ? ok({ changes: [create('stockCount', count)], reply: viewOf(count) }) : free;
      },
      call.once,
    );
  };

async function notCountedYet(
  ports: Pick<StockPorts, 'openCounts'>,
  { location, skus }: CountInput,
): Promise<Result<true>> {
  const open = await ports.openCounts(location, { limit: mostOpen });
  if (!open.ok) return open;
  const counting = new Map(open.value.items.flatMap(({ countId, lines }) => lines.map(({ sku }) => [sku, countId])));
  const errors = skus.flatMap((sku, index) => {
    const countId = counting.get(sku);
    return countId === undefined ? [] : [{ pointer: `/skus/${index}`, detail: `is being counted by ${countId}` }];
  });
  if (errors.length === 0) return ok(true);
  return refuse(
    'state-conflict',
    `Some SKUs are being counted at ${location} already. Complete or cancel that count first.`,
    {
      errors,
    },
  );
}

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
