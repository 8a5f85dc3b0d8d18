import { expect, it } from 'vitest';
import { type InboxMessage } from '../../../../shared/model/inbox/inbox.ts';
import { now } from '../../fixtures/now.ts';
import { topicSent } from '../../connectors/webhook/sent-at.ts';
import { viewOf } from './view.ts';

const message: InboxMessage = {
  inboxId: 'in_1',
  channelId: 'shop',
  deliveryId: 'd1',
  topic: topicSent('orders/create', new Date(now)),
  receivedAt: now,
  body: Buffer.alloc(0),
  state: 'WAITING',
  version: 2,
  updatedAt: now,
  events: [],
};

it('a delivery that waits for its channel to be resumed is PAUSED, one with a next try is WAITING', () => {
  expect(viewOf(message).state).toBe('PAUSED');
  expect(viewOf({ ...message, retryAt: now }).state).toBe('WAITING');
  expect(viewOf({ ...message, state: 'QUARANTINED' }).state).toBe('QUARANTINED');
});

it('a topic is shown as its channel knows it, without what is kept with it', () => {
  expect(viewOf(message).topic).toBe('orders/create');
  expect(viewOf({ ...message, topic: 'ORDER_CHANGE' }).topic).toBe('ORDER_CHANGE');
});
