import { type SnapshotDraft } from '../../domain/connector.ts';

/**
 * Units that have left for the buyer by now, as a snapshot has them: nothing where none has, or the channel does not say.
 * @param units by the channel's line id
 */
export function fulfilledPart(
  units: Iterable<readonly [id: string, units: number | null | undefined]>,
): Pick<SnapshotDraft, 'fulfilled'> {
  const fulfilled = [...units].flatMap(([externalLineId, quantity]) =>
    quantity != null && quantity > 0 ? [{ externalLineId, quantity }] : [],
  );
  return fulfilled.length === 0 ? {} : { fulfilled };
}
