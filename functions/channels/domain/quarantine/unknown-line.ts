import { present } from '../../../../shared/kernel/present.ts';
import { type Suggestion } from '../../../../shared/model/inbox/inbox.ts';
import { type LineDraft } from '../connector.ts';

/** A line of an order that has no SKU of ours, or several. */
export interface UnknownLine {
  readonly line: LineDraft;
  /** In the order, from 1. */
  readonly place: number;
  /** The SKUs among which its ids do not tell, and which ids those are. */
  readonly among: readonly string[];
  readonly by: 'ids' | 'barcode';
}

/** What a line is called in words and in suggestions: by the channel's id of it, else by its place. */
export const nameOf = ({ line, place }: Pick<UnknownLine, 'line' | 'place'>): string =>
  line.externalLineId ?? String(place);

const idsIn = ({ listing = {} }: LineDraft): string[] =>
  Object.entries(present(listing)).map(([id, value]) => `${id} "${value}"`);

/** Why a line has no SKU, what to do about it, and which SKUs it may be. */
export function reasonOf(unknown: UnknownLine, channelId: string, suggestions: readonly Suggestion[]): string {
  const { line, among } = unknown;
  const called = `line ${nameOf(unknown)} (${line.title ?? 'without a name'})`;
  const put = `PUT /v1/channels/${channelId}/listings/{sku}`;
  if (among.length > 0) return severalOf(unknown, called, put);
  const [own, ids] = [line.sku?.trim() ?? '', idsIn(line)];
  const known = own === '' ? 'has no SKU' : `has SKU "${own}", which is none of ours`;
  if (ids.length === 0 && own === '')
    return `The ${called} has neither SKU nor an id of the channel: capture this order with POST /v1/orders instead.`;
  const remedy =
    ids.length === 0
      ? `send ${put} with variantId "${own}" for the SKU of yours that it is, or receive stock of "${own}" if it is new`
      : `send ${put} with ${ids.join(' or ')} for the SKU of yours that it is`;
  const alike = suggestions.filter((one) => one.line === nameOf(unknown)).map(({ sku, why }) => `${sku} (${why})`);
  const maybe = alike.length === 0 ? '' : ` It may be ${alike.join(', or ')}.`;
  return `The ${called} ${known}: ${remedy}, then retry.${maybe}`;
}

function severalOf({ line, among, by }: UnknownLine, called: string, put: string): string {
  const [said] = idsIn(line);
  return by === 'ids'
    ? `The ids of ${called} are listed for ${among.join(' and ')}: give them to one of these with ${put}, then retry.`
    : `The barcode of ${called} is that of ${among.join(' and ')}: send ${put} of the right one with ${said ?? 'it'}, then retry.`;
}
