import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { quarantineCodes } from '../../../../shared/model/inbox/inbox.ts';
import { type QuarantineReplay } from '../../../../shared/model/inbox/quarantine-replay.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';

/** Whose quarantine, or which part of it. */
export interface RetryAllCall {
  readonly channelId: string;
  readonly code?: string | undefined;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** What was asked for. */
export type ReplayView = Pick<QuarantineReplay, 'channelId' | 'code' | 'askedAt'>;

/**
 * Asks for everything in a channel's quarantine to be mapped again, or everything of one code; `mendQuarantine` does it. Asked for again while
 * it is under way, it begins anew. Refusals: `not-found`, `invalid-request` for a code that is none.
 */
export const retryQuarantine =
  (ports: Pick<ChannelsPorts, 'channel' | 'replay' | 'commit'>) =>
  ({ channelId, code, now, actor, once }: RetryAllCall): Promise<Result<ReplayView>> =>
    decideAndCommit<ReplayView>(
      ports.commit,
      async () => {
        if (code !== undefined && !quarantineCodes.some((one) => one === code)) return noCode(code);
        if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
        const reply: ReplayView = { channelId, ...(code !== undefined && { code }), askedAt: now };
        const before = await ports.replay(channelId, code);
        const item: QuarantineReplay = {
          ...reply,
          askedBy: actor,
          version: (before?.version ?? 0) + 1,
          updatedAt: now,
        };
        const put =
          before === undefined ? create('quarantineReplay', item) : replace('quarantineReplay', item, before.version);
        return ok({ changes: [put], reply });
      },
      once,
    );

const noCode = (code: string) =>
  refuse('invalid-request', `Nothing is in quarantine for ${code}.`, {
    errors: [{ pointer: '/code', detail: `must be one of ${quarantineCodes.join(', ')}` }],
  });
