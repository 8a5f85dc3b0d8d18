import { describe, expect, it } from 'vitest';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { ruleEvents } from './rule-events.ts';

const position = (version: number, more: Partial<Position> = {}): Position => ({
  sku: 'A',
  location: 'boston',
  onHand: 10,
  allocated: 0,
  held: 0,
  damaged: 0,
  qualityControl: 0,
  safety: 0,
  atf: 10,
  version,
  cause: { operation: 'receive', reference: 'r', actor: 'a', at: testNow },
  ...more,
});
const told = (...written: Position[]) => ruleEvents(written).map(({ type, data }) => [type, data]);

describe('what rules have to look at', () => {
  it('is a shelf whose safety stock can follow its target further', () => {
    expect(told(position(5, { safety: 3, atf: 2, safetyTarget: 5 }))).toEqual([
      ['SafetyUnsettled.v1', { sku: 'A', location: 'boston' }],
    ]);
    expect(told(position(5, { safety: 3, atf: -1, safetyTarget: 5 }))).toHaveLength(1);
  });

  it('is none that is settled, or that no rule speaks of, so that settling is not told again', () => {
    expect(told(position(5))).toEqual([]);
    expect(told(position(5, { safety: 5, atf: 5, safetyTarget: 5 }))).toEqual([]);
    expect(told(position(5, { safety: 3, atf: 0, safetyTarget: 5 }))).toEqual([]);
    expect(told(position(5, { safety: 0, atf: -4, safetyTarget: 5 }))).toEqual([]);
    const unsettled = position(5, { safety: 3, atf: 2, safetyTarget: 5 });
    expect(told(unsettled, position(6, { safety: 5, atf: 0, safetyTarget: 5 }))).toEqual([]);
    expect(told(position(6, { safety: 5, atf: 0, safetyTarget: 5 }), unsettled)).toEqual([]);
  });

  it('is a closed shelf on which something is free, whatever a rule wants of it', () => {
    expect(told(position(5, { safety: 3, atf: 2, closed: true }))).toHaveLength(1);
    expect(told(position(5, { safety: 5, atf: 0, closed: true, safetyTarget: 2 }))).toEqual([]);
    expect(told(position(5, { safety: 0, atf: -1, closed: true }))).toEqual([]);
  });

  it('is a SKU whose first shelf or pool appears, once a batch', () => {
    expect(told(position(1), position(1, { location: 'newark' }), position(2))).toEqual([
      ['StockAppeared.v1', { sku: 'A' }],
    ]);
  });
});
