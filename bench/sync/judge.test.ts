import { describe, expect, it } from 'vitest';
import { Changes, type Story } from './changes.ts';
import { judge } from './judge.ts';
import { seeded } from './random.ts';

const story: Story = [
  { quantity: 10, at: 0, kind: 'rise' },
  { quantity: 9, at: 1_000, kind: 'fall' },
  { quantity: 0, at: 2_000, kind: 'soldOut' },
  { quantity: 110, at: 3_000, kind: 'rise' },
];

describe('what a channel showed', () => {
  it('tells how long each change waited, for itself or for a newer one', () => {
    const judged = judge([story], [[0, 0, 2_500], [0, 110, 4_000]]); // prettier-ignore
    expect(judged.lags).toEqual({ fall: [1_500], soldOut: [500], rise: [1_000] });
    expect(judged).toMatchObject({ stale: 0, strange: 0, wrong: 0, lastAt: 4_000 });
  });

  it('counts an older quantity in the place of a newer one, and how long it was there', () => {
    const judged = judge([story], [[0, 110, 4_000], [0, 9, 5_000], [0, 110, 7_000]]); // prettier-ignore
    expect(judged).toMatchObject({ stale: 1, staleMs: 2_000, wrong: 0, lastAt: 4_000 });
  });

  it('counts what is not as it should be in the end, and what nobody had said', () => {
    expect(judge([story, story], [[0, 110, 4_000], [1, 8, 4_000]])).toMatchObject({ strange: 1, wrong: 1 }); // prettier-ignore
  });

  it('leaves out how long changes before a time waited', () => {
    expect(judge([story], [[0, 110, 4_000]], 2_000).lags).toEqual({ fall: [], soldOut: [2_000], rise: [1_000] });
  });
});

describe('changes', () => {
  it('give no SKU one quantity twice, and no SKU that is under way another change', () => {
    const changes = new Changes(20, 1_000, seeded(3));
    for (let round = 0; round < 200; round += 1) {
      const made = changes.next(5, round);
      expect(new Set(made.map(({ sku }) => sku)).size).toBe(made.length);
      changes.arrived(made.map(({ sku }) => sku));
    }
    for (const one of changes.stories) {
      const quantities = one.map(({ quantity }) => quantity);
      expect(new Set(quantities).size).toBe(quantities.length);
      expect(Math.min(...quantities)).toBeGreaterThanOrEqual(0);
    }
    expect(changes.stories.flat().filter(({ kind }) => kind === 'soldOut').length).toBeGreaterThan(10);
  });
});
