import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleFloor, type StockRule } from '../../../shared/model/stock/rule.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { aChannel, aRule } from '../testing/world.ts';
import { byPrecedence } from './precedence.ts';
import { isInForce, rulebookOf, safetyTargetOf, termsBy } from './rulebook.ts';

const later = '2026-12-01T00:00:00.000Z';
const latest = '2027-01-01T00:00:00.000Z';
const some = (...values: string[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
const id = fc.string({ minLength: 1, maxLength: 3 });
const when = fc.record({
  createdAt: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
  expiresAt: fc.option(fc.constantFrom(later, latest), { nil: undefined }),
});
const safety: fc.Arbitrary<RuleFloor> = fc.record({
  kind: fc.constant('safety' as const),
  conditions: fc.record({
    skus: some('A', 'B'),
    tags: some('new', 'heavy'),
    locations: some('boston', 'newark'),
    locationGroups: some('northeast'),
  }),
  units: fc.nat(9),
});
const sell: fc.Arbitrary<RuleFloor> = fc.record({
  kind: fc.constant('sell' as const),
  conditions: fc.record({ skus: some('A', 'B'), tags: some('new', 'heavy'), channels: some('webshop', 'market') }),
  buffer: fc.option(fc.nat(9), { nil: undefined }),
  sharePercent: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  cap: fc.option(fc.nat(9), { nil: undefined }),
});
const rules: fc.Arbitrary<StockRule[]> = fc.uniqueArray(
  fc
    .tuple(id, fc.oneof(safety, sell), when)
    .map(([ruleId, floor, { createdAt, expiresAt }]) =>
      aRule(ruleId, floor, { createdAt, ...(expiresAt !== undefined && { expiresAt }) }),
    ),
  { selector: ({ ruleId }) => ruleId, maxLength: 8 },
);
const goods = { sku: 'A', tags: ['new'] };
const boston = { location: 'boston', groups: ['northeast'] };

describe('precedence', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(rules, (all) => {
        for (const a of all)
          for (const b of all) {
            expect(Math.sign(byPrecedence(a, b)) + Math.sign(byPrecedence(b, a))).toBe(0);
            expect(byPrecedence(a, b) === 0).toBe(a.ruleId === b.ruleId);
            for (const c of all)
              if (byPrecedence(a, b) < 0 && byPrecedence(b, c) < 0) expect(byPrecedence(a, c)).toBeLessThan(0);
          }
      }),
      { numRuns: 40 },
    );
  });

  const floor = (conditions: object): RuleFloor => ({ kind: 'safety', conditions, units: 1 });
  const first = (one: StockRule, other: StockRule) => [other, one].sort(byPrecedence)[0]?.ruleId;

  it('looks at how many kinds of conditions there are, then the end, then which kinds, then the age, then the id', () => {
    const sku = aRule('sku', floor({ skus: ['A'] }));
    const two = aRule('two', floor({ tags: ['new'], locationGroups: ['northeast'] }), {
      createdAt: '2020-01-01T00:00:00.000Z',
    });
    expect(first(two, aRule('sku', floor({ skus: ['A'] }), { expiresAt: later }))).toBe('two');
    expect(first(aRule('ends', floor({ locations: ['boston'] }), { expiresAt: later }), sku)).toBe('ends');
    expect(
      first(
        aRule('sooner', floor({ tags: ['new'] }), { expiresAt: later }),
        aRule('sku', floor({ skus: ['A'] }), { expiresAt: latest }),
      ),
    ).toBe('sooner');
    const ladder = [
      sku,
      aRule('tag', floor({ tags: ['new'] })),
      aRule('location', floor({ locations: ['boston'] })),
      aRule('group', floor({ locationGroups: ['northeast'] })),
      aRule('channel', { kind: 'sell', conditions: { channels: ['webshop'] }, buffer: 1 }),
    ];
    expect(
      [...ladder]
        .reverse()
        .sort(byPrecedence)
        .map(({ ruleId }) => ruleId),
    ).toEqual(ladder.map(({ ruleId }) => ruleId));
    expect(first(aRule('z-newer', floor({ skus: ['A'] }), { createdAt: later }), sku)).toBe('z-newer');
    expect(first(aRule('a', floor({ skus: ['A'] })), sku)).toBe('a');
  });
});

describe('what rules want', () => {
  it('does not depend on the order that they are read in', () => {
    const shuffled = rules.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const [one, two] = [rulebookOf(all, testNow), rulebookOf(other, testNow)];
        expect(safetyTargetOf(one, goods, boston)).toEqual(safetyTargetOf(two, goods, boston));
        expect(termsBy(one, goods, aChannel('webshop'))).toEqual(termsBy(two, goods, aChannel('webshop')));
      }),
    );
  });

  it('is, for each setting by itself, what the first rule that matches and sets it says', () => {
    fc.assert(
      fc.property(rules, (all) => {
        const terms = termsBy(rulebookOf(all, testNow), goods, aChannel('webshop'));
        const holds = (named: readonly string[] | undefined, value: string) =>
          named === undefined || named.includes(value);
        const matching = all
          .filter(
            (rule) =>
              rule.kind === 'sell' &&
              holds(rule.conditions.skus, 'A') &&
              holds(rule.conditions.tags, 'new') &&
              holds(rule.conditions.channels, 'webshop'),
          )
          .sort(byPrecedence);
        const first = (field: 'buffer' | 'sharePercent' | 'cap') =>
          matching.flatMap((rule) => (rule.kind === 'sell' && rule[field] !== undefined ? [rule[field]] : []))[0];
        const wanted = { buffer: first('buffer') ?? 1, sharePercent: first('sharePercent') ?? 100 };
        expect(terms?.cap).toBe(first('cap'));
        expect(terms && { buffer: terms.buffer, sharePercent: terms.sharePercent }).toEqual(
          matching.length === 0 ? undefined : wanted,
        );
      }),
    );
  });

  it('names the rules that say so', () => {
    const book = rulebookOf(
      [
        aRule('share', { kind: 'sell', conditions: { channels: ['webshop'] }, sharePercent: 50 }),
        aRule('sku', { kind: 'sell', conditions: { skus: ['A'], channels: ['webshop'] }, buffer: 5, cap: 9 }),
        aRule('all', { kind: 'sell', conditions: {}, buffer: 3, sharePercent: 80, cap: 100 }),
      ],
      testNow,
    );
    expect(termsBy(book, goods, aChannel('webshop'))).toEqual({
      buffer: 5,
      sharePercent: 50,
      cap: 9,
      rules: ['sku', 'share'],
    });
    expect(termsBy(book, goods, aChannel('market'))).toMatchObject({ buffer: 3, rules: ['all'] });
  });

  it('comes from rules that are in force: neither drafts, nor retired ones, nor those whose time is over', () => {
    const of = (more: Partial<Pick<StockRule, 'state' | 'expiresAt'>>) =>
      isInForce(aRule('r', { kind: 'safety', conditions: {}, units: 1 }, more), testNow);
    expect([of({}), of({ expiresAt: later })]).toEqual([true, true]);
    expect([of({ state: 'DRAFT' }), of({ state: 'RETIRED' }), of({ expiresAt: testNow })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
