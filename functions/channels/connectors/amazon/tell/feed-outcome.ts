import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { underWay } from '../../kit/under-way.ts';
import { feedReport } from '../feeds.ts';

/** Amazon has the feed: what came of it is asked for. `what` is what it carries, in words. */
export const worksOnFeed = (feedId: string, what: string): Result<never> =>
  underWay(feedId, `Amazon works on ${what} in feed ${feedId}.`);

/**
 * What came of a feed of one message. Refusals: `provider-unavailable` while Amazon works on it; `state-conflict` with Amazon's words where it did
 * not take it, and in ours where it does not say.
 */
export async function feedOutcome(
  connection: Connection,
  feedId: string,
  what: string,
): Promise<Result<{ readonly reference: string }>> {
  const report = await feedReport(connection, feedId);
  if (!report.ok) return report;
  if (report.value === 'pending') return worksOnFeed(feedId, what);
  const remedy = 'Do it in Seller Central, then dismiss this; or have it told again.';
  if (report.value === undefined)
    return refuse('state-conflict', `Amazon did not work through feed ${feedId} with ${what}. ${remedy}`);
  const { isTaken, words } = readReport(report.value.toString());
  return isTaken
    ? ok({ reference: feedId })
    : refuse('state-conflict', `Amazon did not take ${what} (feed ${feedId}): ${words}. ${remedy}`);
}

/**
 * What a processing report says of the one message that the feed had. Source: ProcessingReport.xsd of the Selling on Amazon XML guide, and
 * https://developer-docs.amazon.com/sp-api/docs/feed-processing-reports
 */
export function readReport(xml: string): { readonly isTaken: boolean; readonly words: string } {
  const taken = Number(textsOf(xml, 'MessagesSuccessful')[0] ?? 0);
  const failed = Number(textsOf(xml, 'MessagesWithError')[0] ?? 0);
  const results = [...xml.matchAll(/<Result>([\s\S]*?)<\/Result>/g)].map(([, result = '']) => result);
  const errors = results.filter((result) => textsOf(result, 'ResultCode')[0] === 'Error');
  const words = errors.map((result) => {
    const [[code = 'no code'], [description = 'no words']] = [
      textsOf(result, 'ResultMessageCode'),
      textsOf(result, 'ResultDescription'),
    ];
    return `${description} (${code})`;
  });
  return {
    isTaken: taken > 0 && failed === 0 && errors.length === 0,
    words: words.join('; ').slice(0, 400) || 'its report names no reason',
  };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const textsOf = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(\w+);/g, (all, entity: string) => entities[entity] ?? all).trim(),
  );
