import { type SnapshotDraft } from '../../domain/connector.ts';

/**
 * How a sale at a till stands: its goods have left once it is over, and before that it is nobody's to pick. A sale that was undone stays one, so
 * that what it took comes back.
 */
export function tillSale(isPos: boolean, state: NonNullable<SnapshotDraft['state']>) {
  if (!isPos) return { state };
  return {
    state: state === 'open' ? ('pending' as const) : state,
    takenAway: state === 'closed' || state === 'cancelled',
  };
}
