import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isElsewhere, openPlace, type Place } from './place.ts';
import { scenarios } from './scenarios/all.ts';

/** One write in six meets a fault; a lost answer is the worst: the write may have happened, and nobody knows. */
const chances = { throttle: 0.04, conflict: 0.06, lostRequest: 0.03, lostAnswer: 0.04 };
const seed = Number(process.env['CROSSDOCK_SEED'] ?? Date.now() % 1_000_000);

/** Faults are dealt to DynamoDB by a proxy before it, so only where the suite runs its own. */
describe.skipIf(isElsewhere())(`at once, while DynamoDB throttles, conflicts and loses answers (seed ${seed})`, () => {
  let place: Place;

  beforeAll(async () => {
    place = await openPlace({ faults: { chances, seed }, crowd: 100 });
  });
  afterAll(() => place.close());

  it.each(scenarios)('$name', async ({ run }) => {
    const before = place.faults();
    await run(place);
    await place.booksAgree();
    expect(place.faults(), 'faults dealt').toBeGreaterThan(before);
  });
});
