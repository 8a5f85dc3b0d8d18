import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type Change, create, replace } from '../../../../shared/model/changes.ts';
import { lookupKinds } from '../../../../shared/model/network/listing-alias.ts';
import { type ListingTarget } from '../../../../shared/model/network/listing-target.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type AvailabilityConnector } from '../availability-connector.ts';

/** The ids that a listing may have. */
export const idNames = [...lookupKinds, 'inventoryItemId'] as const;
type Ids = Pick<Listing, (typeof idNames)[number]>;
/** A listing as it is to be. */
export type Placed = Pick<Listing, 'channelId' | 'sku'> & Ids;
type Told = Pick<AvailabilityConnector, 'target'> | undefined;

/** A listing's ids. */
export const idsOf = ({
  variantId,
  listingId,
  barcode,
  inventoryItemId,
}: { [K in keyof Ids]?: Ids[K] | undefined }): Ids => present({ variantId, listingId, barcode, inventoryItemId });

/** What a channel knows a SKU's stock by: two with the same would overwrite each other. */
export const targetOf = (availability: Told, { sku, ...ids }: Pick<Listing, 'sku'> & Ids): string | undefined =>
  availability?.target?.({ sku, ids: idsOf(ids) });

/** The other listings of the channel that have one of these ids. */
export async function othersWith(
  { listing, listedUnder }: Pick<ChannelsPorts, 'listing' | 'listedUnder'>,
  placed: Placed,
): Promise<Listing[]> {
  const { channelId, sku } = placed;
  const found = await Promise.all(
    lookupKinds.map((kind) => {
      const value = placed[kind];
      return value === undefined ? Promise.resolve([]) : listedUnder({ channelId, kind, value });
    }),
  );
  const others = new Set(found.flat().filter((other) => other !== sku));
  const listings = await Promise.all([...others].map((other) => listing(channelId, other)));
  return listings.filter((one) => one !== undefined);
}

/** What a SKU is to be told as, who was listed for that last, and the other one that still is. */
export interface Held {
  readonly target: string;
  readonly last?: ListingTarget;
  readonly other?: Listing;
}

/** Who a channel is told of under the same as a SKU that is to be listed; `undefined`: its stock is told to nothing yet. One read, and another where it was somebody else. */
export async function heldBy(
  { listing, listingTarget }: Pick<ChannelsPorts, 'listing' | 'listingTarget'>,
  availability: Told,
  placed: Placed,
): Promise<Held | undefined> {
  const target = targetOf(availability, placed);
  if (target === undefined) return undefined;
  const { channelId, sku } = placed;
  const last = await listingTarget(channelId, target);
  if (last === undefined) return { target };
  const other = last.sku === sku ? undefined : await listing(channelId, last.sku);
  const isStill = other !== undefined && other.out?.state !== 'OUT' && targetOf(availability, other) === target;
  return { target, last, ...(isStill && { other }) };
}

/** Has a SKU be who is told so from now on: part of the transaction that lists it. Nothing where it was all along. */
export function taking(
  { target, last }: Held,
  availability: Told,
  { channelId, sku }: Placed,
  before: Listing | undefined,
): Change[] {
  if (last === undefined) return [create('listingTarget', { channelId, target, sku, version: 1 })];
  const isSame = last.sku === sku && before?.out === undefined && before && targetOf(availability, before) === target;
  return isSame === true ? [] : [replace('listingTarget', { ...last, sku, version: last.version + 1 }, last.version)];
}

/** Refuses what would have two SKUs told as one: the channel would sell by whichever was told last. Refusal: `state-conflict`, naming the other. */
export function toldAsOne(placed: Placed, other: Listing): Result<never> {
  const { channelId, sku } = placed;
  const errors: FieldError[] = idNames
    .filter((name) => placed[name] !== undefined && placed[name] === other[name])
    .map((name) => ({ pointer: `/${name}`, detail: `is that of ${other.sku}` }));
  return refuse(
    'state-conflict',
    `${sku} and ${other.sku} would be told as one on ${channelId}: it would sell what was told last. Take the ids from there with move true, take ${other.sku} out first (DELETE /v1/channels/${channelId}/listings/${other.sku}) and wait until it is OUT, or give ${sku} other ids.`,
    { facts: { skus: [other.sku] }, ...(errors.length > 0 && { errors }) },
  );
}
