/**
 * Does something for every channel at once; one that fails does not keep the others.
 * @throws AggregateError with what went wrong, after every one had its turn
 */
export async function eachSettled<C extends { readonly channelId: string }, T>(
  channels: readonly C[],
  work: (channel: C) => Promise<T>,
): Promise<T[]> {
  const outcomes = await Promise.allSettled(channels.map(async (channel) => work(channel)));
  const failed = channels.filter((_, index) => outcomes[index]?.status === 'rejected');
  const reasons = outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (failed.length > 0)
    throw new AggregateError(reasons, `it failed for ${failed.map(({ channelId }) => channelId).join(', ')}`);
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
