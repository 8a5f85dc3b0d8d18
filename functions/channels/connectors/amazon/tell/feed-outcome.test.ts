import { afterAll, describe, expect, it } from 'vitest';
import { type AmazonSandbox, startAmazonSandbox } from '../../../../../tests/sandboxes/amazon.ts';
import { ok } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { connectionOf } from '../../../fixtures/connection.ts';
import { channelOf } from '../../../fixtures/world.ts';
import { amazon } from '../connector.ts';
import { allCancelled, goodwill } from '../fixtures/outbound.ts';
import { order2026 } from '../fixtures/orders.ts';
import { readReport } from './feed-outcome.ts';

const credentials = { clientId: 'amzn1.app', clientSecret: 'a-client-secret', refreshToken: 'Atzr|refresh' };
const running: AmazonSandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.stop())));

async function open() {
  const party = await startAmazonSandbox(credentials);
  running.push(party);
  party.book.put(order2026);
  const settings = {
    ...{ apiUrl: party.url, lwaUrl: party.lwaUrl },
    ...{ sellerId: 'A1TESTSELLER', marketplaceIds: 'ATVPDKIKX0DER' },
  };
  const channel = channelOf({ channelId: 'amazon-us', type: 'amazon', settings });
  return { book: party.book, connection: connectionOf(channel, { values: { ...credentials } }) };
}

describe.each([
  ['a refund', (connection: Connection, more: object) => amazon.tell?.refunded?.({ ...goodwill, ...more }, connection)],
  [
    'a cancellation',
    (connection: Connection, more: object) => amazon.tell?.cancelled?.({ ...allCancelled, ...more }, connection),
  ],
])('%s', (_, tell) => {
  it('is told once Amazon has worked through its feed, however often it is asked before, in one feed', async () => {
    const { book, connection } = await open();
    const waits = { refusal: { code: 'provider-unavailable', facts: { reference: '50000', retryAfterSeconds: 60 } } };
    expect(await tell(connection, {})).toMatchObject(waits);
    for (const tries of [0, 1]) expect(await tell(connection, { tries, reference: '50000' })).toMatchObject(waits);
    book.feeds.workThrough(book);
    expect(await tell(connection, { reference: '50000' })).toEqual(ok({ reference: '50000' }));
    expect(book.feeds.all).toHaveLength(1);
  });

  it('that Amazon does not take is refused in its words, and sent anew if a person has it told again', async () => {
    const { book, connection } = await open();
    book.refusals.set(order2026.orderId, 'The amount is more than was charged &amp; refunded.');
    await tell(connection, {});
    book.feeds.workThrough(book);
    expect(await tell(connection, { reference: '50000' })).toMatchObject({
      refusal: {
        code: 'state-conflict',
        detail: expect.stringMatching(/The amount is more than was charged & refunded\. \(18028\)/) as string,
      },
    });
    expect(await tell(connection, {})).toMatchObject({ refusal: { facts: { reference: '50001' } } });
  });
});

describe('a refund', () => {
  it('leaves the tax that Amazon has collected to Amazon', async () => {
    const { book, connection } = await open();
    await amazon.tell?.refunded?.(goodwill, connection);
    book.feeds.workThrough(book);
    expect(book.refunds).toEqual([
      { orderId: order2026.orderId, items: ['70018234567811'], amounts: ['11.67'], types: ['Principal'] },
    ]);
  });
});

it.each([
  ['<MessagesSuccessful>1</MessagesSuccessful><MessagesWithError>0</MessagesWithError>', true],
  ['<MessagesSuccessful>0</MessagesSuccessful><MessagesWithError>1</MessagesWithError>', false],
  ['', false],
])('a report %j is read', (summary, isTaken) => {
  expect(readReport(`<ProcessingSummary>${summary}</ProcessingSummary>`)).toMatchObject({ isTaken });
});
