import { afterAll, beforeAll, describe, it } from 'vitest';
import { openPlace, type Place } from './place.ts';
import { scenarios } from './scenarios/all.ts';

let place: Place;

beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

describe('at once', () => {
  it.each(scenarios)('$name', async ({ run }) => {
    await run(place);
    await place.booksAgree();
  });
});
