import { type Result, ok } from '../../../shared/kernel/result.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { expiredHold, expiryShards, stateAt } from '../../../shared/model/stock/hold.ts';
import { giveBackLines } from '../../../shared/model/stock/holding.ts';
import { type HoldsPorts } from '../ports.ts';

/** What a sweep needs to know of its run. */
export interface Sweep {
  /** RFC 3339 UTC: holds whose time is over by then are ended. */
  readonly now: string;
  /** Holds that are over between now and then are only told of. */
  readonly soon: string;
  readonly actor: string;
  /** True once the run has to stop; what it leaves, the next one finds. */
  readonly isOut: () => boolean;
  /** Told of a hold that could not be ended: the others go on. */
  readonly failed: (holdId: string, error: unknown) => void;
}

type SweepPorts = Pick<HoldsPorts, 'endingBy' | 'hold' | 'commit'>;

/**
 * Ends the holds whose time is over, each in a transaction of its own: a few at a time (one per shard), oldest first. Run twice at once or
 * stopped anywhere, each hold still ends once.
 * @returns true when there are holds that are over soon
 */
export const expireHolds =
  (ports: SweepPorts) =>
  async (sweep: Sweep): Promise<boolean> => {
    const shards = Array.from({ length: expiryShards }, (_, shard) => shard);
    const swept = await Promise.all(shards.map((shard) => sweepShard(ports, shard, sweep)));
    return swept.includes(true);
  };

async function sweepShard(ports: SweepPorts, shard: number, sweep: Sweep): Promise<boolean> {
  for await (const { holdId, expiresAt } of ports.endingBy(shard, sweep.soon)) {
    if (expiresAt > sweep.now) return true;
    if (sweep.isOut()) return false;
    try {
      const result = await expireHold(ports)({ holdId, ...sweep });
      if (!result.ok) throw new Error(`hold ${holdId} could not be ended: ${result.refusal.detail}`);
    } catch (error) {
      sweep.failed(holdId, error);
    }
  }
  return false;
}

/** Ends one hold if its time is over and nothing else has ended or extended it; true if it was this call. */
export const expireHold =
  (ports: Pick<HoldsPorts, 'hold' | 'commit'>) =>
  ({
    holdId,
    now,
    actor,
  }: {
    readonly holdId: string;
    readonly now: string;
    readonly actor: string;
  }): Promise<Result<boolean>> =>
    decideAndCommit<boolean>(ports.commit, async () => {
      const hold = await ports.hold(holdId);
      if (hold?.state !== 'HELD' || stateAt(hold, now) !== 'EXPIRED') return ok({ changes: [], reply: false });
      const cause = { operation: 'expire', reference: holdId, actor, at: now };
      const ended = replace('stockHold', expiredHold(hold, { now, actor }), hold.version);
      return ok({ changes: [...giveBackLines(hold, hold.lines, cause), ended], reply: true });
    });
