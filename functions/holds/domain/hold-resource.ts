import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type StockHold, stateAt } from '../../../shared/model/stock/hold.ts';

/** A hold as its caller sees it: over from its time on, whether or not the sweep has come to it. */
export const resourceOf = (hold: StockHold, now: string): HoldResource => {
  const { holdId, channelId, pool, lines, createdAt, expiresAt, reference, orderId, version } = hold;
  return {
    holdId,
    channelId,
    pool,
    state: stateAt(hold, now),
    lines: lines.map(({ fenced: _fenced, ...line }) => line),
    createdAt,
    expiresAt,
    ...(reference !== undefined && { reference }),
    ...(orderId !== undefined && { orderId }),
    version,
  };
};
