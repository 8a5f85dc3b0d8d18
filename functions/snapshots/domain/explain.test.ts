import { describe, expect, it } from 'vitest';
import { memoryWorld } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';

describe('why books differ', () => {
  const around = async (counts: number) => {
    const memory = memoryWorld();
    const { moved, counted, now } = stepsOf(memory);
    await moved(20);
    memory.time += 7_200_000;
    await moved(-1);
    await moved(-2);
    const takenAt = now();
    await moved(-4);
    await moved(-8);
    const [row] = (await counted(takenAt, [{ onHand: counts }])).rows;
    return row?.outcome === 'drift' ? row.cause : row?.outcome;
  };

  it.each([
    [17, 'in-flight'],
    [19, 'movement-missing'],
    [20, 'movement-missing'],
    [13, 'movement-early'],
    [18, 'found'],
    [16, 'lost'],
  ])('a count of %i where 17 were is %s', async (counts, cause) => {
    expect(await around(counts)).toBe(cause);
  });
});
