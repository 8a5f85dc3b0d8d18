import { type Change, replace } from '../../../shared/model/changes.ts';
import { launchOf } from '../../../shared/model/orders/launch.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { planPromises } from '../../../shared/model/stock/promises.ts';
import { type Outlook, type SupplyPorts } from '../ports.ts';
import { movedPromise } from './moved-promise.ts';
import { type SupplyContext } from './supply-line.ts';

type RepromisePorts = Pick<SupplyPorts, 'isAwaited' | 'outlook' | 'product' | 'channel' | 'commit'>;

/** DynamoDB's limit of actions in one transaction. */
const mostChanges = 100;
/** How often others may be faster before the message goes back to its queue. */
const attempts = 10;

/**
 * Supply or queue of a SKU changed: everybody who waits for it, in every pool, is promised anew. Only who rests on other supply than before
 * is written, on the version that was read; then it looks again, until the plan is what stands there. Run twice, late or beside another it
 * comes to the same, because the plan depends on nothing but what is there.
 * @throws Error when others kept changing the queue
 */
export const repromise =
  (ports: RepromisePorts) =>
  async (sku: string, context: SupplyContext): Promise<void> => {
    // Every cancel and receipt asks, and most SKUs have no queue: their shelves, hundreds perhaps, need not be read.
    if (!(await ports.isAwaited(sku))) return;
    let failures = 0;
    while (failures < attempts) {
      const outlook = await ports.outlook(sku);
      if (outlook.backorders.length === 0) return;
      const notBefore = launchOf(await ports.product(sku), context.now);
      const moved = pairsOf(outlook, notBefore).filter(({ before, planned }) => !isSamePromise(before, planned));
      if (moved.length === 0) return;
      const { ok } = await ports.commit(await changesFor(ports, moved.slice(0, mostChanges), context));
      if (!ok) failures += 1;
    }
    throw new Error(`the queue of ${sku} kept changing`);
  };

interface Pair {
  readonly before: Backorder;
  readonly planned: Backorder;
}

/** Each backorder as it is and as it should be. */
function pairsOf({ pools, supplies, backorders }: Outlook, notBefore: string | undefined): Pair[] {
  return [...new Set(backorders.map(({ pool }) => pool))].flatMap((name) => {
    const queue = backorders.filter(({ pool }) => pool === name);
    const ats = pools.find(({ pool }) => pool === name)?.ats ?? 0;
    const coming = supplies.filter(({ pool }) => pool === name);
    return planPromises(coming, queue, { ats, notBefore }).flatMap((planned) => {
      const before = queue.find(({ orderId }) => orderId === planned.orderId);
      return before === undefined ? [] : [{ before, planned }];
    });
  });
}

const isSamePromise = (a: Backorder, b: Backorder): boolean =>
  a.promisedFor === b.promisedFor &&
  a.promises.length === b.promises.length &&
  a.promises.every((promise, index) => {
    const other = b.promises[index];
    return (['reference', 'location', 'quantity', 'eta'] as const).every((field) => promise[field] === other?.[field]);
  });

async function changesFor(
  ports: Pick<SupplyPorts, 'channel'>,
  moved: readonly Pair[],
  context: SupplyContext,
): Promise<Change[]> {
  const channels = new Set(moved.map(({ before }) => before.channelId));
  const tolerances = new Map(
    await Promise.all(
      [...channels].map(async (id) => [id, (await ports.channel(id))?.promiseToleranceDays ?? 0] as const),
    ),
  );
  return moved.map(({ before, planned }) =>
    replace('backorder', movedPromise(before, planned, tolerances.get(before.channelId) ?? 0, context), before.version),
  );
}
