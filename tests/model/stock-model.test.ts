import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/testing/memory-store.ts';
import { Books, channels, places } from './books.ts';
import { anyOperation, opening } from './operations.ts';

/** More on demand: `MODEL_RUNS=100000 npm test -- tests/model`. */
const runs = Number(process.env['MODEL_RUNS'] ?? 3000);

function openedBooks(): Books {
  const books = new Books();
  for (const place of places) books.shelves[place].onHand = 2;
  for (const channel of channels) books.fenced[channel] = 1;
  return books;
}

const asStored = (books: Books) => ({
  positions: places.map((location) => ({ location, ...books.shelves[location], atf: books.atf(location) })),
  pools: [
    {
      pool: 'online',
      ats: books.ats(),
      reserved: books.reserved,
      held: books.held,
      fenced: books.fenced.web + books.fenced.vip,
    },
  ],
  shares: channels.map((channel) => ({ channel, fenced: books.fenced[channel], consumed: books.consumed[channel] })),
});

describe('stock, against books as a person would keep them', () => {
  it(`takes and refuses the same, and counts the same, in ${runs} random rows of operations`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOperation, { minLength: 1, maxLength: 25 }), async (row) => {
        const store = memoryStore();
        for (const changes of opening()) await store.commit(changes);
        const books = openedBooks();
        for (const { name, changes, keep } of row) {
          const outcome = await store.commit(changes(books));
          expect(outcome.ok, name).toBe(keep(books));
          expect(store.stock(), name).toMatchObject(asStored(books));
        }
      }),
      { numRuns: runs },
    );
  });
});
