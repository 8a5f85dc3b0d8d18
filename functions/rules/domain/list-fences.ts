import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type RulesPorts } from '../ports.ts';

/** The ring-fences of a SKU in a pool. */
export interface FenceList {
  readonly sku: string;
  readonly pool: string;
  /** What every channel may sell. */
  readonly ats: number;
  /** What is set apart and left, of all channels. */
  readonly fenced: number;
  readonly fences: { channelId: string; allocated: number; consumed: number; left: number }[];
}

/** Who has units of a pool to itself: allocated is what is left and what was sold of it. Refusal: `not-found`. */
export const listFences =
  (ports: Pick<RulesPorts, 'stockOf'>) =>
  async (sku: string, name: string): Promise<Result<FenceList>> => {
    const { pools, shares } = await ports.stockOf(sku);
    const pool = pools.find((one) => one.pool === name);
    if (pool === undefined) return refuse('not-found', `No stock of ${sku} was ever recorded in pool ${name}.`);
    const fences = shares
      .filter((share) => share.pool === name)
      .map(({ channel, fenced, consumed }) => ({
        channelId: channel,
        allocated: fenced + consumed,
        consumed,
        left: fenced,
      }));
    return ok({
      sku,
      pool: name,
      ats: pool.ats,
      fenced: pool.fenced,
      fences: fences.filter(({ allocated }) => allocated > 0),
    });
  };
