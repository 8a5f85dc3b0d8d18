import { stockWalkAsked } from '../../contracts/rules/events.ts';
import { type PutChange, create, replace } from '../changes.ts';
import { type StockWalk, type WalkScope } from './walk.ts';

/** The change that asks for a walk: from the beginning, whatever an earlier asking has come to. */
export function walkAsked(
  present: StockWalk | undefined,
  scope: WalkScope,
  about: { readonly now: string; readonly actor: string },
): PutChange {
  const version = (present?.version ?? 0) + 1;
  const generation = (present?.generation ?? 0) + 1;
  const { walkId } = scope;
  const walk: StockWalk = {
    ...scope,
    generation,
    state: 'RUNNING',
    startedAt: about.now,
    tally: { skus: 0, positions: 0, pools: 0 },
    version,
    updatedAt: about.now,
    events: [stockWalkAsked.of(walkId, version, about, { walkId, generation })],
  };
  return present === undefined ? create('stockWalk', walk) : replace('stockWalk', walk, present.version);
}
