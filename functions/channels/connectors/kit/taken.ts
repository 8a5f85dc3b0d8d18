import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { clean } from './texts.ts';

/** Statuses that say "not now" of a call that may be good: a request that took too long, one that came too early. */
const notNow = [408, 425];

/**
 * Whether an endpoint took what it was told: any 2xx. Refusals: `provider-unavailable` where it may take it later; else `invalid-request`, final, in
 * the endpoint's own words.
 * @param what the message, for a sentence: "order.shipped"
 */
export function taken(answer: Result<ChannelAnswer>, host: string, what: string): Result<ChannelAnswer> {
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status >= 200 && status < 300) return ok(answer.value);
  if (notNow.includes(status))
    return refuse('provider-unavailable', `${host} answered ${status} to ${what}. It is tried again.`);
  const words = clean(body.toString('utf8'), 300);
  return refuse('invalid-request', `${host} refused ${what} with ${status}${words === undefined ? '.' : `: ${words}`}`);
}
