import { priceChanged } from '../../../../shared/contracts/network/events.ts';
import { type PriceRow } from '../../../../shared/contracts/network/price-apis.ts';
import { atMost } from '../../../../shared/kernel/at-most.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type PricePeriod, type SkuPrices } from '../../../../shared/model/network/price-list.ts';
import { type NetworkPorts } from '../../ports.ts';
import { judgeRows } from './judge-rows.ts';

/** Prices as a caller puts them. */
export interface PricesInput {
  readonly rows: readonly PriceRow[];
  /** SKUs that the list has no price for any more. */
  readonly remove: readonly string[];
}

/** What became of them, in SKUs. */
export interface PricesPut {
  readonly changed: number;
  readonly unchanged: number;
}

type PricePorts = Pick<NetworkPorts, 'priceList' | 'skuPrices' | 'commit'>;

/** SKUs written at once. */
const width = 8;

/**
 * Puts prices of a list: all rows are judged before any is written, then each SKU is a transaction of its own. What a crash in between leaves undone, the same call
 * does. Refusals: `not-found`, and those of `judgeRows`.
 */
export const putPrices =
  (ports: PricePorts) =>
  async (priceListId: string, { rows, remove }: PricesInput, now: string): Promise<Result<PricesPut>> => {
    const list = await ports.priceList(priceListId);
    if (list === undefined) return noList(priceListId);
    const judged = judgeRows(list.currency, rows, remove);
    if (!judged.ok) return judged;
    const outcomes = await atMost(width, [...judged.value], ([sku, periods]) =>
      putSku(ports, { priceListId, sku, periods }, now),
    );
    const failed = outcomes.find((outcome) => !outcome.ok);
    if (failed?.ok === false) return failed;
    const changed = outcomes.filter((outcome) => outcome.ok && outcome.value).length;
    return ok({ changed, unchanged: outcomes.length - changed });
  };

/** @returns whether anything changed */
const putSku = (
  ports: PricePorts,
  { priceListId, sku, periods }: Pick<SkuPrices, 'priceListId' | 'sku' | 'periods'>,
  now: string,
): Promise<Result<boolean>> =>
  decideAndCommit<boolean>(ports.commit, async () => {
    const present = await ports.skuPrices(priceListId, sku);
    if (canonicalJson(present?.periods ?? []) === canonicalJson(periods)) return ok({ changes: [], reply: false });
    const version = (present?.version ?? 0) + 1;
    const subject = `${priceListId}/${sku}`;
    const events = [priceChanged.of(subject, version, { now, actor: 'network' }, { priceListId, sku })];
    const item: SkuPrices = { priceListId, sku, periods, version, updatedAt: now, events };
    const put = present === undefined ? create('skuPrices', item) : replace('skuPrices', item, present.version);
    return ok({ changes: [put], reply: true });
  });

/** One page of prices, in the form in which they are put. */
export interface PricePage {
  readonly rows: ({ readonly sku: string } & PricePeriod)[];
  readonly next?: string;
}

/** Lists prices of a list in the order of their SKUs. Refusal: `not-found`. */
export const listPrices =
  (ports: Pick<NetworkPorts, 'priceList' | 'pricesAfter'>) =>
  async (
    priceListId: string,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<Result<PricePage>> => {
    if ((await ports.priceList(priceListId)) === undefined) return noList(priceListId);
    const page = await ports.pricesAfter(priceListId, after, limit);
    const rows = page.flatMap(({ sku, periods }) => periods.map((period) => ({ sku, ...period })));
    const next = page.length < limit ? undefined : page.at(-1)?.sku;
    return ok({ rows, ...(next !== undefined && { next }) });
  };

const noList = (priceListId: string) =>
  refuse('not-found', `There is no price list ${priceListId}. Create it with PUT /v1/price-lists/${priceListId}.`);
