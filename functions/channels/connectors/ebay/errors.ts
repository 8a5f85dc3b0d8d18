import * as z from 'zod';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';

/** An error of eBay's REST APIs; the Post-Order API writes the same without `longMessage`. */
export const ebayError = z.looseObject({
  errorId: z.union([z.int(), z.string()]).nullish(),
  category: z.string().nullish(),
  message: z.string().nullish(),
  longMessage: z.string().nullish(),
});
/** One of them. */
export type EbayError = z.output<typeof ebayError>;

const named = z.looseObject({ errors: z.array(ebayError) });
/** How the Post-Order API names them. */
const postOrder = z.looseObject({ error: z.array(ebayError) });

/** The errors that an answer names; none where it is no JSON, or names none. */
export function errorsIn(body: Buffer): readonly EbayError[] {
  const json = readJson(body);
  const value = json.ok ? json.value : undefined;
  return named.safeParse(value).data?.errors ?? postOrder.safeParse(value).data?.error ?? [];
}

/** What eBay says, short. */
export const wordsOf = (errors: readonly EbayError[]): string =>
  errors
    .map(
      ({ errorId, longMessage, message }) => `${longMessage ?? message ?? 'no words'} (error ${errorId ?? 'unknown'})`,
    )
    .join('; ')
    .slice(0, 400) || 'no reason is named';

/** True where eBay itself failed. Source: https://developer.ebay.com/api-docs/static/handling-error-messages.html (category `APPLICATION`) */
export const isTheirs = (errors: readonly EbayError[]): boolean =>
  errors.some(({ category }) => category?.toUpperCase() === 'APPLICATION');

/**
 * True where eBay misses or does not take the digital signature of a call, which it wants of refunds and cancellations of sellers in the EU and the United
 * Kingdom: errors 215001 (no key) to 215122 (no good signature). Source: https://developer.ebay.com/develop/guides/digital-signatures-for-apis
 */
export const wantsSignature = (errors: readonly EbayError[]): boolean =>
  errors.some(({ errorId }) => Math.trunc(Number(errorId ?? 0) / 1000) === 215);

/** The refusal of something about an order that eBay did not take. `what` is what it was, in words. */
export function notTaken({ status, body }: ChannelAnswer, what: string): Result<never> {
  const errors = errorsIn(body);
  const words = `eBay did not take ${what} (${status}): ${wordsOf(errors)}`;
  if (isTheirs(errors) || status < 300) return refuse('provider-unavailable', `${words}. It is tried again.`);
  return status === 404
    ? refuse('not-found', `${words}. Look for the order at eBay.`)
    : refuse('state-conflict', `${words}. Put it right at eBay, then retry or dismiss it here.`);
}
