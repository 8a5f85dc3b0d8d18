import { describe, expect, it } from 'vitest';
import { ruleInput } from '../../../shared/contracts/rules/rule-resource.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { safety, shop, valueOf } from '../testing/shop.ts';
import { aRule } from '../testing/world.ts';
import { changeRule, createRule } from './draft-rule.ts';
import { activateRule, mostInForce, retireRule } from './put-in-force.ts';
import { listRules, readRule } from './read-rules.ts';

const act = { now: testNow, actor: 'test' };

describe('a draft', () => {
  it('changes nothing but itself, is made once per key, and is changed until it is in force', async () => {
    const { store, ports } = await shop();
    const before = store.stock();
    const once = { key: 'k', requestHash: 'h' };
    const made = valueOf(await createRule(ports)(safety(3), testNow, once));
    expect(valueOf(await createRule(ports)(safety(3), testNow, once))).toEqual(made);
    expect(store.all('stockRule')).toHaveLength(1);
    const { ruleId } = made;
    expect(valueOf(await changeRule(ports)(ruleId, { ...safety(4), name: 'four' }, testNow))).toMatchObject({
      ruleId,
      name: 'four',
      units: 4,
      state: 'DRAFT',
      version: 2,
    });
    expect(store.stock()).toEqual(before);
    valueOf(await activateRule(ports)({ ruleId, ...act }));
    expect(await changeRule(ports)(ruleId, safety(5), testNow)).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('is discarded without a walk, and is over for good then', async () => {
    const { store, ports } = await shop();
    const { ruleId } = valueOf(await createRule(ports)(safety(3), testNow));
    expect(valueOf(await retireRule(ports)({ ruleId, ...act }))).toMatchObject({ state: 'RETIRED' });
    expect(store.all('stockWalk')).toEqual([]);
    expect(await activateRule(ports)({ ruleId, ...act })).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('is refused with an end that is over, when it is made and when it is put in force', async () => {
    const { ports } = await shop();
    expect(await createRule(ports)({ ...safety(1), expiresAt: testNow }, testNow)).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/expiresAt' }] },
    });
    const soon = '2026-11-22T10:00:00Z';
    const { ruleId, expiresAt } = valueOf(await createRule(ports)({ ...safety(1), expiresAt: soon }, testNow));
    expect(expiresAt).toBe('2026-11-22T10:00:00.000Z');
    expect(await activateRule(ports)({ ruleId, now: '2026-11-22T10:00:00.000Z', actor: 'test' })).toMatchObject({
      refusal: { code: 'state-conflict', facts: { expiresAt } },
    });
  });

  it('that is not there is not found', async () => {
    const { ports } = await shop();
    for (const answer of [
      readRule(ports)('none'),
      changeRule(ports)('none', safety(1), testNow),
      activateRule(ports)({ ruleId: 'none', ...act }),
      retireRule(ports)({ ruleId: 'none', ...act }),
    ])
      expect(await answer).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  });

  it('is not put in force beside more rules than a walk reads in one query', async () => {
    const { store, ports } = await shop();
    const many = Array.from({ length: mostInForce }, (_, index) =>
      aRule(`r${index}`, { kind: 'safety', conditions: {}, units: 1 }),
    );
    store.given('stockRule', ...many);
    const { ruleId } = valueOf(await createRule(ports)(safety(3), testNow));
    expect(await activateRule(ports)({ ruleId, ...act })).toMatchObject({ refusal: { code: 'limit-exceeded' } });
  });
});

describe('the list of rules', () => {
  it('has those in force by precedence, then drafts, then those that are over', async () => {
    const { store, ports } = await shop();
    const floor = (conditions: object) => ({ kind: 'safety' as const, conditions, units: 1 });
    store.given(
      'stockRule',
      aRule('all', floor({})),
      aRule('over', floor({ skus: ['A'] }), { state: 'RETIRED' }),
      aRule('one', floor({ skus: ['A'] })),
      aRule('draft', floor({}), { state: 'DRAFT' }),
    );
    expect((await listRules(ports)()).rules.map(({ ruleId }) => ruleId)).toEqual(['one', 'all', 'draft', 'over']);
  });
});

describe('what a caller states of a rule', () => {
  const wrong = (body: object) =>
    (ruleInput.safeParse({ name: 'r', ...body }).error?.issues ?? []).map(({ path, code }) => [path.join('/'), code]);

  it('has the conditions that its kind can be matched by, and no others', () => {
    expect(wrong({ kind: 'safety', units: 1, conditions: { channels: ['webshop'] } })).toEqual([
      ['conditions', 'unrecognized_keys'],
    ]);
    for (const key of ['locations', 'locationGroups'])
      expect(wrong({ kind: 'sell', buffer: 1, conditions: { [key]: ['boston'] } })).toEqual([
        ['conditions', 'unrecognized_keys'],
      ]);
    expect(wrong({ kind: 'safety', units: 0 })).toEqual([]);
    expect(wrong({ kind: 'sell', cap: 0, conditions: {} })).toEqual([]);
  });

  it('sets something, within its limits', () => {
    expect(wrong({ kind: 'sell' })).toEqual([['', 'custom']]);
    for (const [field, values] of Object.entries({ sharePercent: [0, 101, 1.5], cap: [-1], buffer: [-1] }))
      for (const value of values) expect(wrong({ kind: 'sell', [field]: value })[0]?.[0]).toBe(field);
    expect(wrong({ kind: 'safety', units: -1 })[0]?.[0]).toBe('units');
    expect(wrong({ kind: 'safety', units: 1, conditions: { skus: [] } })[0]?.[0]).toBe('conditions/skus');
  });
});
