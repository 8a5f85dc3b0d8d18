import { present } from '../../../../shared/kernel/present.ts';
import { type Money } from '../../../../shared/kernel/money.ts';
import { type EffectivePrice } from '../../../../shared/model/network/price-list.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';

/** A publication as it is shown: without its fingerprints. */
export function viewOf(publication: Publication) {
  const { channelId, sku, intent, state, version, updatedAt } = publication;
  const { overrides, hideWhenSoldOut, reasons, failure, publishedAt, dueAt } = publication;
  const said = present({ overrides, hideWhenSoldOut, reasons, failure, publishedAt, dueAt });
  return { channelId, sku, intent, ...said, state, version, updatedAt };
}

/** A publication as it is shown. */
export type PublicationView = ReturnType<typeof viewOf>;

/** The price that holds, from which list, and until when it does at least. */
export type PriceView = Money & {
  readonly compareAt?: Money;
  readonly priceListId: string;
  readonly until?: string;
};

/** A price as it is shown; none where no list of the channel has one now. */
export const priceViewOf = ({ price, priceListId, changesAt }: EffectivePrice): PriceView | undefined =>
  price && priceListId !== undefined
    ? { ...price.price, ...present({ compareAt: price.compareAt, until: changesAt }), priceListId }
    : undefined;
