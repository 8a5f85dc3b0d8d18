import { type Happened, type NotePorts, note } from './note.ts';

/** Notes that an order is ours, for the channel that delivered it. */
export const noteCapture =
  (ports: NotePorts) =>
  (event: Happened<{ orderId: string; channelId: string }>, now: string): Promise<void> =>
    note(ports)(event, now, () => [{ kind: 'acknowledged', facts: {} }]);
