import { next } from '../../../../shared/kernel/states.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type InboxMessage, inboxTransitions } from '../../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { setAside } from './set-aside.ts';

/** Which delivery brought an order that could not be captured, and why. */
export interface RefusedDelivery {
  readonly inboxId: string;
  readonly reason: string;
}

/** Puts a delivery in quarantine whose order could not be captured: a person mends the cause and has it tried again. Twice is once. */
export const refuseDelivery =
  (ports: Pick<ChannelsPorts, 'message' | 'channel' | 'commit'>) =>
  async ({ inboxId, reason }: RefusedDelivery, now: string): Promise<void> => {
    const message = await ports.message(inboxId);
    if (message === undefined) throw new Error(`delivery ${inboxId} brought an order and is not there`);
    const state = next(inboxTransitions, 'delivery', message.state, 'refuse');
    if (!state.ok) return;
    const channel = await ports.channel(message.channelId);
    const item: InboxMessage = {
      ...message,
      state: state.value,
      ...setAside(message, { code: 'not-captured', reason }, channel, { now, actor: 'orders' }),
      version: message.version + 1,
      updatedAt: now,
    };
    const { ok } = await ports.commit([replace('inboxMessage', item, message.version)]);
    if (!ok) throw new Error(`delivery ${inboxId} changed meanwhile`);
  };
