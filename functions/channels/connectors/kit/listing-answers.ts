import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Money } from '../../../../shared/kernel/money.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ListingAnswer, type ListingDraft } from '../../domain/listings-connector.ts';

/** What came of each draft, by SKU. */
export type ListingAnswers = Map<string, Result<ListingAnswer>>;

/** The channel shows it, or does no more, as it was told. */
export const live = (ids?: ListingDraft['ids']): Result<ListingAnswer> => ok({ kind: 'live', ...(ids && { ids }) });

/** The channel's, or our, final no. */
export const rejected = (...reasons: readonly string[]): Result<ListingAnswer> => ok({ kind: 'rejected', reasons });

/** A refusal as the answer to a draft: what passes stays a refusal, anything else is the channel's no. */
export const answerOf = (refusal: Refusal): Result<ListingAnswer> =>
  refusal.code === 'provider-unavailable' ? { ok: false, refusal } : rejected(refusal.detail);

/** Why a draft cannot be told to its channel whatever the channel says; `undefined` where nothing is wrong. */
export function faultOf({ currency }: Pick<Channel, 'currency'>, draft: ListingDraft): string | undefined {
  const { price, parent, content, visibility } = draft;
  if (visibility === 'gone') return undefined;
  if (price !== undefined && price.price.currency !== currency)
    return `Its price is in ${price.price.currency}, and the channel sells in ${currency}. Give it a price in a price list in ${currency}.`;
  if (parent !== undefined && Object.keys(content.options ?? {}).length === 0)
    return `It is a variant of ${parent} and has no options. Say what makes it differ from its siblings, such as {"color":"black"}.`;
  return undefined;
}

/** What is paid: `regular` alone, or `sale` with `regular` struck through. */
export const strikeThrough = ({
  price,
  compareAt,
}: NonNullable<ListingDraft['price']>): { readonly regular: Money; readonly sale?: Money } =>
  compareAt !== undefined && compareAt.amount > price.amount ? { regular: compareAt, sale: price } : { regular: price };

/** Drafts that go to the channel together. */
interface Group {
  readonly drafts: readonly ListingDraft[];
}

/** So many groups in a row without an answer: the channel is away. */
const mostFailures = 2;

/**
 * Tells group after group. What a used-up limit or a channel that is away leaves over is not sent: it has that answer. One group that the channel
 * stumbles over does not keep the others back.
 * @param tell the answers of a group's drafts; or a refusal of them all
 */
export async function toldInTurn<G extends Group>(
  groups: readonly G[],
  tell: (group: G) => Promise<Result<ListingAnswers>>,
): Promise<ListingAnswers> {
  const answers: ListingAnswers = new Map();
  let failures = 0;
  let last: Refusal | undefined;
  for (const group of groups) {
    const isOver = last !== undefined && (failures >= mostFailures || last.facts?.['limit'] === true);
    const came = isOver ? undefined : await tell(group);
    if (came !== undefined) last = passing(came);
    failures = last === undefined ? 0 : failures + 1;
    for (const { sku } of group.drafts) {
      const refusal = came === undefined ? last : came.ok ? undefined : came.refusal;
      const answer = came?.ok === true ? came.value.get(sku) : undefined;
      answers.set(sku, answer ?? (refusal === undefined ? silence : answerOf(refusal)));
    }
  }
  return answers;
}

/** Why a group has no answer yet; `undefined` where each of its drafts has one. */
function passing(came: Result<ListingAnswers>): Refusal | undefined {
  if (!came.ok) return came.refusal.code === 'provider-unavailable' ? came.refusal : undefined;
  const open = [...came.value.values()].flatMap((answer) => (answer.ok ? [] : [answer.refusal]));
  return open.length === came.value.size ? open[0] : open.find(({ facts }) => facts?.['limit'] === true);
}

const silence: Result<ListingAnswer> = {
  ok: false,
  refusal: { code: 'provider-unavailable', detail: 'The channel gave no answer for it. It is tried again.' },
};

/** Separates the drafts that can be told from those whose answer is known without a call. */
export function sorted(
  channel: Pick<Channel, 'currency'>,
  drafts: readonly ListingDraft[],
): { readonly good: readonly ListingDraft[]; readonly answers: ListingAnswers } {
  const answers: ListingAnswers = new Map();
  for (const draft of drafts) {
    const fault = faultOf(channel, draft);
    if (fault !== undefined) answers.set(draft.sku, rejected(fault));
  }
  return { good: drafts.filter(({ sku }) => !answers.has(sku)), answers };
}
