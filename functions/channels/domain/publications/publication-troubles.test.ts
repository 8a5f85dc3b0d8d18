import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { now } from '../../fixtures/now.ts';
import { liveWorld, publicationWorld, shop } from '../../fixtures/publication-world.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { type ListingsConnector } from '../listings-connector.ts';
import { putPublications } from './put-publications.ts';
import { retryPublication } from './read-publication.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const busy = refuse('provider-unavailable', 'The shop is down.');

describe('what a channel will not have', () => {
  it('is kept with its reasons and told again only when something of it has changed, or on request', async () => {
    const world = publicationWorld();
    world.givenProduct('MUG');
    world.answers(() => ok({ kind: 'rejected', reasons: ['The brand is missing.'] }));
    await world.put();
    await world.stepAll();
    expect(await world.publication()).toMatchObject({ state: 'REJECTED', reasons: ['The brand is missing.'] });
    await world.refresh('MUG');
    expect(world.calls).toHaveLength(1);
    const once = { key: 'retry', requestHash: 'h' };
    const retry = () => retryPublication(world.ports)({ channelId: shop, sku: 'MUG' }, { now, once });
    expect(await retry()).toMatchObject({ ok: true, value: { state: 'PUBLISHING' } });
    await world.stepAll();
    expect(await retry(), 'a repeat').toMatchObject({ ok: true, value: { state: 'PUBLISHING' } });
    expect(await world.state()).toBe('REJECTED');
    expect(world.calls).toHaveLength(2);
    world.answers(() => ok({ kind: 'live' }));
    world.givenProduct('MUG', { brand: 'Acme' });
    await world.refresh('MUG');
    await world.stepAll();
    expect(await world.state()).toBe('LIVE');
    expect(await world.publication()).not.toHaveProperty('reasons');
  });

  it('may be what cannot be told at all', async () => {
    const world = publicationWorld({ creates: false });
    expect(await world.put('CUP')).toMatchObject({
      refusal: {
        code: 'invalid-request',
        detail: expect.stringMatching(/no title.*takes no new products/s) as unknown,
      },
    });
    const other = await liveWorld();
    other.store.given('product', { sku: 'MUG', tags: [], version: 2, updatedAt: now });
    await other.refresh('MUG');
    await other.stepAll();
    expect(await other.publication()).toMatchObject({
      state: 'REJECTED',
      reasons: [expect.stringContaining('no title')],
    });
  });
});

describe('a channel that looks at it first', () => {
  it('is asked later, and told what has changed meanwhile', async () => {
    let pending = true;
    const outcome = () =>
      Promise.resolve(
        ok(pending ? ('pending' as const) : new Map([['MUG', { kind: 'live' as const, ids: { listingId: '9' } }]])),
      );
    const world = publicationWorld({ outcome });
    world.givenProduct('MUG');
    world.answers(() => ok({ kind: 'pending', submission: 'feed-1' }));
    await world.put();
    await world.stepAll();
    expect(await world.publication()).toMatchObject({ state: 'PUBLISHING', dueAt: plusSeconds(now, 30) });
    world.later(30);
    await world.stepAll();
    expect(await world.publication()).toMatchObject({
      state: 'PUBLISHING',
      submission: 'feed-1',
      dueAt: plusSeconds(now, 60),
    });
    world.givenProduct('MUG', { title: 'Mug 2' });
    await world.refresh('MUG');
    pending = false;
    world.answers(() => ok({ kind: 'live' }));
    world.later(30);
    await world.stepAll();
    expect(world.calls.map(([draft]) => draft?.content.title)).toEqual(['mug', 'Mug 2']);
    expect(world.calls[1]?.[0]?.ids).toEqual({ listingId: '9' });
    expect(await world.state()).toBe('LIVE');
  });

  it.each([
    ['refuses to say', () => Promise.resolve(busy), 'The shop is down.'],
    ['breaks off', () => Promise.reject(new Error('socket hang up')), 'socket hang up'],
  ])('and %s what became of it, is asked again, and what is waited for says so', async (_, fails, detail) => {
    const outcomes: ListingsConnector['outcome'][] = [
      fails,
      () => Promise.resolve(ok('pending')),
      fails,
      () => Promise.resolve(ok(new Map([['MUG', { kind: 'live' }]]))),
    ];
    const world = publicationWorld({ outcome: (...asked) => outcomes.shift()?.(...asked) ?? Promise.resolve(busy) });
    world.givenProduct('MUG');
    world.answers(() => ok({ kind: 'pending', submission: 'feed-1' }));
    await world.put();
    await world.stepAll();
    world.later(30);
    expect(await world.step()).toMatchObject({ answered: 0, failure: { code: 'provider-unavailable', detail } });
    const at = plusSeconds(now, 30);
    expect(await world.publication()).toMatchObject({ failure: { at, detail }, dueAt: plusSeconds(at, 5) });
    world.later(5);
    await world.step();
    expect(await world.publication(), 'it looks at it still').not.toHaveProperty('failure');
    world.later(60);
    await world.step();
    expect(await world.publication()).toMatchObject({ failure: { detail }, submission: 'feed-1' });
    world.later(5);
    await world.step();
    expect(await world.publication()).toMatchObject({ state: 'LIVE' });
    expect(await world.publication()).not.toHaveProperty('failure');
  });

  it('and only has no room for the question, has not failed', async () => {
    const full = refuse('provider-unavailable', 'Asked too often.', { facts: { limit: true } });
    const world = publicationWorld({ outcome: () => Promise.resolve(full) });
    world.givenProduct('MUG');
    world.answers(() => ok({ kind: 'pending', submission: 'feed-1' }));
    await world.put();
    await world.stepAll();
    world.later(30);
    expect(await world.step()).toMatchObject({ failure: { facts: { limit: true } } });
    expect(await world.publication()).not.toHaveProperty('failure');
  });

  it('and has forgotten it, is told anew', async () => {
    const world = publicationWorld({ outcome: () => Promise.resolve(refuse('not-found', 'No such feed.')) });
    world.givenProduct('MUG');
    world.answers(() => ok({ kind: 'pending', submission: 'feed-1' }));
    await world.put();
    await world.stepAll();
    world.answers(() => ok({ kind: 'live' }));
    world.later(30);
    await world.stepAll();
    expect(await world.state()).toBe('LIVE');
  });
});

describe('whatever goes wrong', () => {
  it('a channel that is down is told when it is there again', async () => {
    const world = publicationWorld();
    world.givenProduct('MUG');
    world.answers(() => busy);
    await world.put();
    expect(await world.step()).toMatchObject({ answered: 0, failure: { code: 'provider-unavailable' } });
    expect(await world.state()).toBe('PUBLISHING');
    world.answers(() => Promise.reject(new Error('socket hang up')));
    world.later(5);
    expect(await world.step(true)).toMatchObject({ failure: { detail: 'socket hang up' } });
    world.answers(() => ok({ kind: 'live' }));
    world.later(5);
    await world.stepAll();
    expect(await world.state()).toBe('LIVE');
  });

  it.each([0, 1, 2])('a crash at commit %i leaves what is told once more', async (commits) => {
    const world = await liveWorld();
    world.givenProduct('MUG', { title: 'Cup' });
    world.givenPrices('usual', 'MUG', [{ price: usd(900), from: plusSeconds(now, 60) }]);
    world.crashAfter(commits);
    await world.refresh('MUG').catch(() => undefined);
    await world.stepAll().catch(() => undefined);
    world.crashAfter();
    await world.refresh('MUG');
    await world.stepAll();
    expect(world.shown.get('MUG')?.content.title).toBe('Cup');
    world.later(60);
    await world.stepAll();
    expect(world.shown.get('MUG')?.price?.price).toEqual(usd(900));
  });

  it('a change while the channel is told is told too, also one that takes the first back', async () => {
    const world = await liveWorld();
    world.givenProduct('MUG', { title: 'Cup' });
    await world.refresh('MUG');
    let isFirst = true;
    world.answers(async () => {
      if (isFirst) world.givenProduct('MUG', { title: 'Mug', brand: 'Acme' });
      if (isFirst) await world.refresh('MUG');
      isFirst = false;
      return ok({ kind: 'live' });
    });
    await world.stepAll();
    expect(world.calls.map(([draft]) => draft?.content.title)).toEqual(['Mug', 'Cup', 'Mug']);
    expect(await world.state()).toBe('LIVE');
  });
});

it('many are put at once, each with a result of its own', async () => {
  const world = publicationWorld();
  world.givenProduct('MUG');
  const rows = [{ sku: 'MUG', intent: 'published' }, { sku: 'CUP', intent: 'published' }, { sku: 'TEE' }, 7];
  expect(await putPublications(world.ports)(shop, rows, now)).toMatchObject({
    value: {
      kept: 1,
      refused: 3,
      results: [
        { row: 0, status: 'kept', sku: 'MUG', state: 'PUBLISHING' },
        { row: 1, status: 'refused', sku: 'CUP', detail: expect.stringContaining('no title') as unknown },
        { row: 2, status: 'refused', code: 'invalid-request' },
        { row: 3, status: 'refused' },
      ],
    },
  });
  expect(await putPublications(world.ports)('nowhere', rows, now)).toMatchObject({
    refusal: { code: 'not-found' },
  });
  const { ports } = worldOf(channelOf({ channelId: 'till', type: 'onx' }));
  expect(await putPublications(ports)('till', rows, now)).toMatchObject({
    refusal: { code: 'invalid-request', detail: expect.stringContaining('type onx take no products') as unknown },
  });
});

it('on a channel that has nowhere to be told is refused with what it lacks, and may be prepared', async () => {
  const world = publicationWorld({
    lacksSetting: ({ endpoint }) => (endpoint.kind === 'none' ? 'give it an endpoint' : undefined),
  });
  world.givenProduct('MUG');
  const lacking = expect.stringContaining(`give it an endpoint with PUT /v1/channels/${shop}.`) as unknown;
  expect(await world.put()).toMatchObject({ refusal: { code: 'invalid-request', detail: lacking } });
  expect(await world.publication()).toBeUndefined();
  expect(await world.put('MUG', { intent: 'draft' })).toMatchObject({ value: { state: 'DRAFT' } });
  world.givenChannel({ endpoint: { kind: 'webhook', url: 'https://shop.example.com' } });
  expect(await world.put()).toMatchObject({ value: { state: 'PUBLISHING' } });
});
