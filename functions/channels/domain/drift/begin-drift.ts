import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type DriftRun } from '../../../../shared/model/channels/drift-run.ts';
import { type Channel, usualDriftHours } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { eachSettled } from '../each-settled.ts';
import { begun } from './drift-run.ts';
import { comparableBy } from './comparable.ts';
import { type DriftView, viewOfRun } from './view.ts';

/** Which channel is compared with, and who asks for it. */
export interface DriftCall {
  readonly channelId: string;
  readonly now: string;
  readonly once?: OnceKey;
}

/** Has a channel compared with now; the run that is under way, if there is one. Refusals: `not-found`, `invalid-request`, `state-conflict`. */
export const startDrift =
  (ports: ChannelsPorts) =>
  async ({ channelId, now, once }: DriftCall): Promise<Result<DriftView>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const connector = ports.connectorOf(channel.type);
    const comparable = comparableBy(channel, connector);
    if (!comparable.ok) return comparable;
    if (channel.paused === true)
      return refuse(
        'state-conflict',
        `Channel ${channelId} is paused: resume it with POST /v1/channels/${channelId}/resume.`,
      );
    const begin = await decideAndCommit<DriftView>(
      ports.commit,
      async () => {
        const [last] = await ports.drift.runs(channelId, 1);
        if (last?.state === 'RUNNING') return ok({ changes: [], reply: viewOfRun(last, connector) });
        const { run, changes } = begun(channelId, last, now);
        return ok({ changes, reply: viewOfRun(run, connector) });
      },
      once,
    );
    if (begin.ok) await wakeLane(ports, channel, 'drift', { now });
    return begin;
  };

/**
 * Begins to compare with the channels whose time has come. @returns how many were begun
 * @throws AggregateError with what went wrong, after every channel had its turn: the next run begins with those
 */
export const beginDrift =
  (ports: ChannelsPorts) =>
  async (now: string): Promise<number> => {
    const channels = (await ports.channels()).filter(
      (channel) => channel.paused !== true && comparableBy(channel, ports.connectorOf(channel.type)).ok,
    );
    const begins = await eachSettled(channels, async (channel) => {
      const [last] = await ports.drift.runs(channel.channelId, 1);
      return isDue(channel, last, now) && (await startDrift(ports)({ channelId: channel.channelId, now })).ok;
    });
    return begins.filter((isBegun) => isBegun).length;
  };

const isDue = ({ driftEveryHours = usualDriftHours }: Channel, last: DriftRun | undefined, now: string): boolean =>
  last === undefined || (last.state !== 'RUNNING' && plusSeconds(last.startedAt, driftEveryHours * 3600) <= now);
