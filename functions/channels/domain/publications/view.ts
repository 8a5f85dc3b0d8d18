import { present } from '../../../../shared/kernel/present.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';

/** A publication as it is shown: without its fingerprints. */
export function viewOf(publication: Publication) {
  const { channelId, sku, intent, state, version, updatedAt } = publication;
  const { overrides, hideWhenSoldOut, reasons, publishedAt, dueAt } = publication;
  const said = present({ overrides, hideWhenSoldOut, reasons, publishedAt, dueAt });
  return { channelId, sku, intent, ...said, state, version, updatedAt };
}

/** A publication as it is shown. */
export type PublicationView = ReturnType<typeof viewOf>;
