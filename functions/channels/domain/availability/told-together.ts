import { type Sent } from './settle.ts';

const silence = ({ listing }: Sent) => listing.offer?.unanswered;

/**
 * Those that one call tells, by the first of them. What had no answer is not told with others that it might spoil, and each time with half as many
 * of its like: so the one that the channel stumbles over is soon alone.
 * @param sents in the order in which they are due
 */
export function toldTogether(sents: readonly Sent[]): Sent[] {
  const isFresh = sents[0] !== undefined && silence(sents[0]) === undefined;
  const together: Sent[] = [];
  let most = Infinity;
  for (const sent of sents) {
    const unanswered = silence(sent);
    const room = Math.min(most, unanswered === undefined ? Infinity : Math.ceil(unanswered.among / 2));
    if ((unanswered === undefined) !== isFresh || together.length >= room) continue;
    most = room;
    together.push(sent);
  }
  return together;
}

/** The one that finds out whether the channel is there again: of the most urgent, the one that is least likely to be the reason for its failures. */
export function probeOf(sents: readonly Sent[]): Sent[] {
  const urgencyOf = ({ listing }: Sent) => listing.offer?.due?.urgency;
  const tried = (sent: Sent): number => (silence(sent)?.alone ?? -1) + 1;
  const urgent = sents.filter((sent, _index, [first]) => first !== undefined && urgencyOf(sent) === urgencyOf(first));
  return urgent.toSorted((one, other) => tried(one) - tried(other)).slice(0, 1);
}

/**
 * True of a call that told one SKU alone, which had failed alone before, where the channel has taken others since it first did: that says nothing of the channel.
 * @param workedAt the channel's last yes
 */
export const isItsOwnFault = (sents: readonly Sent[], workedAt = ''): boolean =>
  sents.length === 1 && sents.map(silence).every((one) => one !== undefined && one.alone > 0 && workedAt >= one.since);
