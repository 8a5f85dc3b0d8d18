import { stockWalkAsked } from '../../../shared/contracts/rules/events.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { type Clock } from '../../../shared/kernel/time.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type StockWalk, type WalkTally } from '../../../shared/model/stock/walk.ts';
import { type RulesPorts, type SkuPage } from '../ports.ts';
import { applyTo } from './apply.ts';
import { pageOf } from './pages.ts';

/** Who walks in the ledger. */
export const walker = 'rules';
/** SKUs that are worked on at once. */
const width = 16;

/** Which walk, and the asking that an event speaks of. */
export interface WalkCall {
  readonly walkId: string;
  readonly generation: number;
}

/**
 * Walks over stock and applies the rules, page by page, until nothing is left or the time is over; then the walk's own event brings the
 * next worker. Where it is, is kept after each page: after a crash the page is done again, which changes nothing that was done. Two
 * workers of one walk do not harm one another: who comes second with a page reads where the first has got to.
 * @param seconds how long it may start another page
 * @throws Error when a SKU or the walk itself kept changing: the event comes again
 */
export const walkStock =
  (ports: RulesPorts, clock: Clock, seconds: number) =>
  async (call: WalkCall): Promise<void> => {
    const until = Date.parse(clock.now()) + seconds * 1000;
    for (;;) {
      const step = await decideAndCommit(ports.commit, async () => {
        const walk = await ports.walk(call.walkId);
        if (walk === undefined || walk.generation !== call.generation || walk.state === 'DONE')
          return ok({ changes: [], reply: 'stop' as const });
        const page = await pageOf(ports, walk.skus, walk.cursor);
        const touched = await applyToPage(ports, page, walk, clock.now());
        const isLate = Date.parse(clock.now()) >= until;
        const next = walkedOn(walk, page, touched, isLate, clock.now());
        return ok({
          changes: [replace('stockWalk', next, walk.version)],
          reply: isLate || next.state === 'DONE' ? ('stop' as const) : ('go on' as const),
        });
      });
      if (!step.ok) throw new Error(`the walk ${call.walkId} kept changing`);
      if (step.value === 'stop') return;
    }
  };

async function applyToPage(ports: RulesPorts, { skus }: SkuPage, walk: StockWalk, now: string): Promise<WalkTally> {
  const call = { now, actor: walker, walkId: walk.walkId, tell: walk.tell };
  return { skus: skus.length, ...(await applyTo(ports, skus, width, call)) };
}

/** The walk after a page. One that stops for lack of time carries the event that brings the next worker. */
function walkedOn(
  { cursor: _done, ...walk }: StockWalk,
  { cursor }: SkuPage,
  touched: WalkTally,
  isLate: boolean,
  now: string,
): StockWalk {
  const version = walk.version + 1;
  const { walkId, generation, tally } = walk;
  const asked = stockWalkAsked.of(walkId, version, { now, actor: walker }, { walkId, generation });
  return {
    ...walk,
    ...(cursor !== undefined && { cursor }),
    state: cursor === undefined ? 'DONE' : 'RUNNING',
    tally: {
      skus: tally.skus + touched.skus,
      positions: tally.positions + touched.positions,
      pools: tally.pools + touched.pools,
    },
    version,
    updatedAt: now,
    events: cursor !== undefined && isLate ? [asked] : [],
  };
}
