import { takesPrices } from '../../../../shared/contracts/network/channel-types.ts';
import { priceListChanged } from '../../../../shared/contracts/network/events.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type PriceList } from '../../../../shared/model/network/price-list.ts';
import { type NetworkPorts } from '../../ports.ts';

/** A price list as a caller states it. */
export type PriceListInput = Omit<PriceList, 'version' | 'updatedAt' | 'events'>;

/** A price list as it was put; `warnings`: channels that are not told of it. */
export type PriceListPut = PriceList & { readonly warnings?: string[] };

/** What putting a price list needs. */
type ListPorts = Pick<NetworkPorts, 'priceList' | 'channels' | 'commit'>;

/**
 * Creates or changes a price list. Channels that it was or is for are told what they then show. Refusals: `state-conflict` when its currency would change,
 * `unknown-channel`, `currency-mismatch` for a channel of another currency.
 */
export const putPriceList =
  (ports: ListPorts) =>
  (input: PriceListInput, now: string): Promise<Result<PriceListPut>> =>
    decideAndCommit<PriceListPut>(ports.commit, async () => {
      const [present, channels] = await Promise.all([ports.priceList(input.priceListId), ports.channels()]);
      const allowed = mayBe(channels, present, input);
      if (!allowed.ok) return allowed;
      const warnings = warningsOf(channels, input);
      if (present !== undefined && isSame(present, input))
        return ok({ changes: [], reply: { ...present, ...warnings } });
      const version = (present?.version ?? 0) + 1;
      const list: PriceList = { ...input, version, updatedAt: now, events: eventsOf(present, input, version, now) };
      const put = present === undefined ? create('priceList', list) : replace('priceList', list, present.version);
      return ok({ changes: [put], reply: { ...list, ...warnings } });
    });

/** Prices may be read by whoever needs them, so a list for a channel that is not told of it is no mistake for sure. */
function warningsOf(
  channels: readonly Channel[],
  { priceListId, channels: named }: PriceListInput,
): Pick<PriceListPut, 'warnings'> {
  const untold = channels.filter(({ channelId, type }) => named.includes(channelId) && !takesPrices(type));
  const warnings = untold.map(
    ({ channelId, type }) =>
      `${channelId} is told nothing of these prices: channels of type ${type} take none from Crossdock. What needs them there reads them with GET /v1/price-lists/${priceListId}/prices.`,
  );
  return warnings.length === 0 ? {} : { warnings };
}

function mayBe(channels: readonly Channel[], present: PriceList | undefined, input: PriceListInput): Result<true> {
  if (present !== undefined && present.currency !== input.currency)
    return refuse(
      'state-conflict',
      `The currency of price list ${input.priceListId} is ${present.currency} and stays so: its prices are in it. Put another list for ${input.currency}.`,
      { errors: [{ pointer: '/currency', detail: `must stay ${present.currency}` }] },
    );
  const known = new Map(channels.map((channel) => [channel.channelId, channel.currency]));
  const errorsWhere = (is: (currency: string | undefined) => boolean, detail: string): FieldError[] =>
    input.channels.flatMap((id, index) => (is(known.get(id)) ? [{ pointer: `/channels/${index}`, detail }] : []));
  const unknown = errorsWhere((currency) => currency === undefined, 'is no channel');
  if (unknown.length > 0)
    return refuse('unknown-channel', 'A price list is for channels that are there. Create them first.', {
      errors: unknown,
    });
  const foreign = errorsWhere((currency) => currency !== input.currency, `must be a channel of ${input.currency}`);
  return foreign.length === 0
    ? ok(true)
    : refuse('currency-mismatch', `A list in ${input.currency} is for channels in ${input.currency}.`, {
        errors: foreign,
      });
}

const isSame = ({ name, channels, priority }: PriceList, input: PriceListInput): boolean =>
  name === input.name && priority === input.priority && canonicalJson(channels) === canonicalJson(input.channels);

/** A list without prices changes nothing, but nobody knows that here; another name changes nothing for sure. */
function eventsOf(present: PriceList | undefined, input: PriceListInput, version: number, now: string) {
  const { priceListId, channels, priority } = input;
  const concerned = [...new Set([...(present?.channels ?? []), ...channels])].sort();
  const isRenamed = priority === present?.priority && canonicalJson(present.channels) === canonicalJson(channels);
  if (concerned.length === 0 || isRenamed) return [];
  return [priceListChanged.of(priceListId, version, { now, actor: 'network' }, { priceListId, channels: concerned })];
}

/** All price lists. */
export const listPriceLists =
  (ports: Pick<NetworkPorts, 'priceLists'>) => async (): Promise<Result<{ readonly priceLists: PriceList[] }>> =>
    ok({ priceLists: [...(await ports.priceLists())] });
