import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { keptRuns } from '../../../../shared/model/channels/drift-run.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { type DriftSummary, type DriftView, summaryOfRun, viewOfRun } from './view.ts';

/** What comparing with a channel has found lately. Refusal: `not-found`. */
export const listDrift =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'drift'>) =>
  async (channelId: string): Promise<Result<{ readonly canBeRead: boolean; readonly runs: DriftSummary[] }>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const runs = await ports.drift.runs(channelId, keptRuns);
    const connector = ports.connectorOf(channel.type);
    return ok({
      canBeRead: connector.availability?.read !== undefined,
      runs: runs.map((run) => summaryOfRun(run, connector)),
    });
  };

/** One comparison. Refusal: `not-found`. */
export const readDrift =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'drift'>) =>
  async ({
    channelId,
    number,
  }: {
    readonly channelId: string;
    readonly number: number | string;
  }): Promise<Result<DriftView>> => {
    const [channel, run] = await Promise.all([ports.channel(channelId), ports.drift.run(channelId, Number(number))]);
    if (channel === undefined) return noChannel(channelId);
    if (run !== undefined) return ok(viewOfRun(run, ports.connectorOf(channel.type)));
    return refuse(
      'not-found',
      `There is no run ${number} of comparing with channel ${channelId}, or it is one of the oldest: the last ${keptRuns} are kept. GET /v1/channels/${channelId}/drift lists them.`,
    );
  };
