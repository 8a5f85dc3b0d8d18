import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type StockRule } from '../../../shared/model/stock/rule.ts';
import { type RulesPorts } from '../ports.ts';
import { type View } from './plan.ts';
import { isInForce, rulebookOf } from './rulebook.ts';

/**
 * What floors rest on, as it is now. It must be read after the stock that it is applied to: stock that is written at the version that was
 * read before is then never written by rules that are older than those that wrote it last.
 * @param draft a rule that is to be seen as if it were in force
 */
export async function viewOf(
  ports: Pick<RulesPorts, 'rules' | 'channels' | 'locations'>,
  now: string,
  draft?: StockRule,
): Promise<View> {
  const [rules, channels, locations] = await Promise.all([ports.rules(), ports.channels(), ports.locations()]);
  const byPool = new Map<string, Channel[]>();
  for (const channel of channels) byPool.set(channel.pool, [...(byPool.get(channel.pool) ?? []), channel]);
  return {
    book: rulebookOf(draft === undefined ? rules : [...rules, { ...draft, state: 'ACTIVE' }], now),
    channels: byPool,
    groups: new Map(locations.map(({ locationId, groups = [] }) => [locationId, groups])),
    closed: new Set(locations.filter(({ active }) => !active).map(({ locationId }) => locationId)),
    mark: canonicalJson([
      rules.filter((rule) => isInForce(rule, now)).map(({ ruleId, version }) => [ruleId, version]),
      channels.map(({ channelId, version }) => [channelId, version]),
      locations.map(({ locationId, version }) => [locationId, version]),
    ]),
  };
}
