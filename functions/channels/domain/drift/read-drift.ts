import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { keptRuns } from '../../../../shared/model/channels/drift-run.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel, noneOf } from '../channels/read-channel.ts';
import { readableBy } from './readable.ts';
import { type DriftSummary, type DriftView, summaryOfRun, viewOfRun } from './view.ts';

/** What comparing with a channel has found lately. Refusal: `not-found`. */
export const listDrift =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'drift'>) =>
  async (channelId: string): Promise<Result<{ readonly canBeRead: boolean; readonly runs: DriftSummary[] }>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const runs = await ports.drift.runs(channelId, keptRuns);
    return ok({ canBeRead: readableBy(channel, ports.connectorOf(channel.type)).ok, runs: runs.map(summaryOfRun) });
  };

/** One comparison. Refusal: `not-found`. */
export const readDrift =
  (ports: Pick<ChannelsPorts, 'channel' | 'drift'>) =>
  async ({
    channelId,
    number,
  }: {
    readonly channelId: string;
    readonly number: number | string;
  }): Promise<Result<DriftView>> => {
    const run = await ports.drift.run(channelId, Number(number));
    return run === undefined
      ? noneOf(
          ports,
          channelId,
          `There is no run ${number} of comparing with channel ${channelId}, or it is one of the oldest: the last ${keptRuns} are kept.`,
        )
      : ok(viewOfRun(run));
  };
