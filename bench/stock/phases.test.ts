import { describe, expect, it } from 'vitest';
import { countLines, differs, drifting } from './counts-file.ts';
import { together } from './kept.ts';
import { stocked } from './seed.ts';
import { phasesOf } from './switch.ts';

describe('a pool that is striped by itself', () => {
  it('has a phase for each number of stripes', () => {
    const seen = [
      { milliseconds: 0, stripes: 1, reserved: 0 },
      { milliseconds: 1000, stripes: 1, reserved: 50 },
      { milliseconds: 2000, stripes: 4, reserved: 100 },
      { milliseconds: 4000, stripes: 4, reserved: 500 },
    ];
    expect(phasesOf(seen)).toEqual([
      { stripes: 1, from: 0, milliseconds: 2000, perSecond: 50 },
      { stripes: 4, from: 2000, milliseconds: 2000, perSecond: 200 },
    ]);
  });
});

describe('a file of counts', () => {
  it('has a row for each position, and as many that differ as are told', () => {
    const stock = stocked('wms', 10, 2, 20);
    const lines = [...countLines(stock, 4)];
    expect(lines).toHaveLength(11);
    expect(lines[1]).toBe('wms-store-000,WMS-SKU-0000000,20\n');
    expect(lines.filter((line) => line.endsWith(',21\n'))).toHaveLength(drifting(10, 4));
    expect([3, 7].every((row) => differs(row, 4))).toBe(true);
  });
});

it('parts that ran at different times are one section, in their order', () => {
  const found = (note: string) => ({ notes: [note], tables: [] });
  expect(together({ cost: found('cost'), units: found('units') })).toEqual({ notes: ['units', 'cost'], tables: [] });
});
