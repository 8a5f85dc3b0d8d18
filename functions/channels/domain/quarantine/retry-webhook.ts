import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { announcedAgain } from '../retry-waiting.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type DeliveryCall, deliveryFor } from './delivery-call.ts';
import { type DeliveryView, viewOf } from './view.ts';

/**
 * Has a delivery mapped again that is in quarantine, waits or was ignored: it is announced once more, under its next version.
 * Refusals: `not-found`, `forbidden`, `state-conflict`.
 */
export const retryWebhook =
  (ports: Pick<ChannelsPorts, 'message' | 'commit'>) =>
  (call: DeliveryCall): Promise<Result<DeliveryView>> =>
    decideAndCommit<DeliveryView>(
      ports.commit,
      async () => {
        const found = await deliveryFor(ports, call, 'retry');
        if (!found.ok) return found;
        const { message } = found.value;
        const item = announcedAgain(message, call.now, call.actor);
        return ok({ changes: [replace('inboxMessage', item, message.version)], reply: viewOf(item) });
      },
      call.once,
    );
