import { type ListingState } from '../../../../shared/contracts/network/listing-states.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { listingAliasChanges } from '../../../../shared/model/alias-changes.ts';
import { type Change, create, replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { barcodeKey } from '../../../../shared/model/network/barcode.ts';
import { listingStateOf } from '../../../../shared/model/network/listing-state.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { tellAnew } from '../../../../shared/model/stock/telling.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { movesOf, unknownOffer } from '../availability/here.ts';
import { type Connector } from '../connector.ts';
import { listingLacks } from '../availability/lacking.ts';
import { noChannel } from '../channels/read-channel.ts';
import { askedAnew } from '../publications/asked-anew.ts';
import { heldBy, idNames, idsOf, othersWith, taking, targetOf, toldAsOne } from './others.ts';

/** A channel's own ids of a SKU, and whether they are taken from other SKUs that have them. */
export interface ListingInput {
  readonly variantId?: string | undefined;
  readonly listingId?: string | undefined;
  readonly barcode?: string | undefined;
  readonly inventoryItemId?: string | undefined;
  readonly move?: boolean | undefined;
}

/** Which SKU on which channel. */
export interface ListingKey {
  readonly channelId: string;
  readonly sku: string;
}

type Ids = { readonly [K in (typeof idNames)[number]]?: string };
/** A listing as it is shown. */
export type ListingView = ListingKey & Ids & { readonly state: ListingState };
/** A listing as it is shown to whoever put it; `warnings`: what it lacks, and what comes of that. */
export type ListedView = ListingView & { readonly warnings?: string[] };

/** A listing's ids, without what its channel was told. */
export const viewOf = (listing: Listing): ListingView => ({
  channelId: listing.channelId,
  sku: listing.sku,
  ...idsOf(listing),
  state: listingStateOf(listing),
});

/** Who lists, and when. */
export interface ListingAct {
  readonly now: string;
  readonly actor: string;
}

/** What putting a listing needs. */
export type ListingPorts = Pick<
  ChannelsPorts,
  | 'channel'
  | 'connectorOf'
  | 'listing'
  | 'listingTarget'
  | 'listedUnder'
  | 'isInPool'
  | 'pools'
  | 'publications'
  | 'wake'
  | 'commit'
>;

/** From how many SKUs ids are taken at once: each is five actions of the transaction. */
const mostMoved = 15;

/**
 * Lists a SKU on a channel: its ids become exactly these; what the channel was told stays known. Where the pool has stock of it, the same
 * transaction has its channels told what they may sell. One that was taken out, or is leaving, is taken back, and what is published of it is shown
 * again. An id that another SKU has too is ambiguous, unless it is taken from there (`move`). Two SKUs whose stock would be told as one are refused.
 * Refusals: `not-found`, `limit-exceeded`, `state-conflict`.
 */
export const putListing =
  (ports: ListingPorts) =>
  async (key: ListingKey, input: ListingInput, act: ListingAct): Promise<Result<ListedView>> => {
    const put = await decideAndCommit<Listed>(ports.commit, () => decide(ports, key, input, act));
    if (!put.ok) return put;
    // Where a crash leaves that undone, the sweep of the next minute does it.
    if (put.value.isShownAgain) await ports.wake(key.channelId, 'listings');
    return ok(put.value.listed);
  };

/** A listing as it was put, and whether its publication must be told. */
interface Listed {
  readonly listed: ListedView;
  readonly isShownAgain: boolean;
}

async function decide(
  ports: ListingPorts,
  { channelId, sku }: ListingKey,
  input: ListingInput,
  act: ListingAct,
): Promise<Result<Decision<Listed>>> {
  const [channel, current] = await Promise.all([ports.channel(channelId), ports.listing(channelId, sku)]);
  if (channel === undefined) return noChannel(channelId);
  const ids = idsOf(input);
  const listed = { channelId, sku, ...ids };
  const answer = { ...listed, state: 'LISTED', ...warningsOf(ports, channel, listed) } as const;
  const placing = await placed(ports, channel, { listed, current, move: input.move === true });
  if (!placing.ok) return placing;
  const taken = placing.value;
  if (current !== undefined && current.out === undefined && hasIds(current, ids))
    return ok({ changes: taken, reply: { listed: answer, isShownAgain: false } });
  const own = written(current, current === undefined ? { ...listed, version: 1 } : listedAgain(current, ids));
  const shown = current?.out === undefined ? [] : await askedAnew(ports, channel, sku, act.now);
  const changes = [...own, ...taken, ...shown, ...(await telling(ports, channel, sku, act))];
  return ok({ changes, reply: { listed: answer, isShownAgain: shown.length > 0 } });
}

const hasIds = (listing: Listing, ids: Ids): boolean => idNames.every((name) => listing[name] === ids[name]);

/** What is lacking for its stock to be told: a listing finds orders in any case. */
function warningsOf(
  { connectorOf }: Pick<ChannelsPorts, 'connectorOf'>,
  channel: Channel,
  listed: ListingKey & Ids,
): { readonly warnings?: string[] } {
  const warnings = listingLacks(channel, connectorOf(channel.type), listed);
  return warnings.length === 0 ? {} : { warnings };
}

/**
 * What has a SKU be the one that is told under its ids, and takes them from others where that is asked for. Refusals: `limit-exceeded`; `state-conflict` where two SKUs would be told
 * as one even then.
 */
async function placed(
  ports: ListingPorts,
  { type }: Channel,
  how: { readonly listed: ListingKey & Ids; readonly current: Listing | undefined; readonly move: boolean },
): Promise<Result<Change[]>> {
  const { listed, current, move } = how;
  const { sku } = listed;
  const { availability } = ports.connectorOf(type);
  const held = await heldBy(ports, availability, listed);
  const other = held?.other;
  if (other && !(move && targetOf(availability, without(other, listed)) !== held.target))
    return toldAsOne(listed, other);
  const own = held === undefined ? [] : taking(held, availability, listed, current);
  if (!move) return ok(own);
  const having = [...(await othersWith(ports, listed)), ...(other ? [other] : [])];
  const left = [...new Map(having.map((one) => [one.sku, { one, rest: without(one, listed) }])).values()];
  const others = left.filter(({ one, rest }) => !hasIds(one, idsOf(rest)));
  if (others.length > mostMoved) return tooMany(others.length);
  const freed: Change[] = [];
  const told = new Map<string | undefined, Listing>([[held?.target, { ...listed, version: 0 }]]);
  for (const { one, rest } of others) {
    const target = targetOf(availability, rest);
    const same = target === undefined ? undefined : told.get(target);
    const changes = same ? toldAsOne(rest, same) : await freedOf(ports, availability, one, rest, sku);
    if (!changes.ok) return changes;
    told.set(target, rest);
    freed.push(...changes.value);
  }
  return ok([...own, ...freed]);
}

/** A listing that loses ids may be told by another name: its own SKU. Refusal: `state-conflict` where another is told so. @param taker who takes the ids, and leaves what it was told as */
async function freedOf(
  ports: ListingPorts,
  availability: Connector['availability'],
  one: Listing,
  rest: Listing,
  taker: string,
): Promise<Result<Change[]>> {
  const held = await heldBy(ports, availability, rest);
  if (held?.other !== undefined && held.other.sku !== taker) return toldAsOne(rest, held.other);
  return ok([...written(one, rest), ...(held === undefined ? [] : taking(held, availability, rest, one))]);
}

/**
 * What gives a SKU the ids that its channel has answered; ids that it has besides stay. Part of the transaction that records the answer; nothing where it has them, and
 * where it was taken out meanwhile: a late answer does not bring it back.
 */
export async function idChanges(
  ports: Pick<ListingPorts, 'connectorOf' | 'listing' | 'listingTarget' | 'isInPool' | 'pools'>,
  channel: Channel,
  sku: string,
  given: ListingInput,
  act: ListingAct,
): Promise<Change[]> {
  const ids = idsOf(given);
  if (Object.keys(ids).length === 0) return [];
  const { channelId } = channel;
  const current = await ports.listing(channelId, sku);
  if (current !== undefined && (current.out !== undefined || hasIds(current, { ...idsOf(current), ...ids }))) return [];
  const after =
    current === undefined ? { channelId, sku, ...ids, version: 1 } : relisted(current, { ...idsOf(current), ...ids });
  const { availability } = ports.connectorOf(channel.type);
  const held = await heldBy(ports, availability, after);
  // What the channel answers is so: where another SKU is told so too, that one stays who is.
  const own = held === undefined || held.other !== undefined ? [] : taking(held, availability, after, current);
  return [...written(current, after), ...own, ...(await telling(ports, channel, sku, act))];
}

/** A listing and what finds it. */
const written = (before: Listing | undefined, after: Listing): Change[] => [
  before === undefined ? create('listing', after) : replace('listing', after, before.version),
  ...listingAliasChanges(before, after),
];

/** A listing without the ids that another SKU has now; its inventory item goes with them where it is the same. */
function without(other: Listing, ids: Ids): Listing {
  const same = (a?: string, b?: string) => a !== undefined && b !== undefined && barcodeKey(a) === barcodeKey(b);
  const taken = new Set<string>(
    idNames.filter((name) => (name === 'barcode' ? same(ids[name], other[name]) : (ids[name] ?? '') === other[name])),
  );
  const left = Object.fromEntries(Object.entries(idsOf(other)).filter(([name]) => !taken.has(name)));
  return { ...relisted(other, left), ...present({ out: other.out }) };
}

/** Has channels told what they may sell of a SKU that its pool has; of a kit, they are told with its components. */
async function telling(
  { isInPool, pools }: Pick<ListingPorts, 'isInPool' | 'pools'>,
  { pool, channelId }: Channel,
  listed: string,
  { now, actor }: ListingAct,
): Promise<Change[]> {
  const asIs = await isInPool(listed, pool);
  const [kit] = asIs ? [] : await pools.kits([listed]);
  const sku = asIs ? listed : kit?.components[0]?.sku;
  if (sku === undefined || !(asIs || (await isInPool(sku, pool)))) return [];
  return [tellAnew({ sku, pool }, { reference: channelId, actor, at: now })];
}

/** A listing with other ids: of what its channel shows under these, nothing is known yet. */
function relisted(current: Listing, ids: Ids): Listing {
  const { channelId, sku, offer, version } = current;
  return {
    channelId,
    sku,
    ...ids,
    ...(offer && { offer: { ...unknownOffer(offer), ...movesOf(offer) } }),
    version: version + 1,
  };
}

/** A listing that is put with other ids, or that was taken out: what its pool says from now on is newer than what is known of it. */
const listedAgain = ({ out: _out, ...current }: Listing, ids: Ids): Listing =>
  hasIds(current, ids) ? { ...current, version: current.version + 1 } : relisted(current, ids);

const tooMany = (count: number) =>
  refuse(
    'limit-exceeded',
    `These ids are listed for ${count} other SKUs, and ${mostMoved} can be changed at once. Take them from some with a PUT of their listings first.`,
    { facts: { listed: count, most: mostMoved } },
  );
