import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type CommitChanges, type Once } from '../../../shared/model/changes.ts';
import { type GivenCredentials, acceptedSecrets } from '../../../shared/model/network/credentials.ts';
import { memoryCredentials } from '../../../shared/testing/memory-credentials.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { aChannel } from '../../../shared/testing/world.ts';
import { memoryLanes, offersIn } from '../fixtures/lanes.ts';
import { putCredentials } from './credentials.ts';

const now = '2026-11-22T09:30:00.000Z';
const known = { required: false, what: 'it opens the API' };
const later = (seconds: number): string => plusSeconds(now, seconds);

function world() {
  const [store, kept, records] = [memoryStore(), memoryCredentials(), new Map<string, Once>()];
  store.given('channel', aChannel('shop'));
  const commit: CommitChanges = async (changes, once) => {
    const outcome = await store.commit(changes, once);
    if (outcome.ok && once) records.set(once.key, once);
    return outcome;
  };
  const ports = {
    ...kept,
    channel: (channelId: string) => store.get('channel', { channelId }),
    answered: (key: string) => Promise.resolve(records.get(key)),
    commit,
    lanes: memoryLanes(),
    offers: offersIn(store),
    listing: (channelId: string, sku: string) => store.get('listing', { channelId, sku }),
    listings: () => Promise.resolve(store.all('listing')),
    wake: () => Promise.resolve(),
    connectorOf: () => ({ needs: { settings: {}, credentials: { accessToken: known, clientSecret: known } } }),
  };
  const give = (given: GivenCredentials, { key = 'k1', at = now, channelId = 'shop', broken = {} } = {}) =>
    putCredentials({ ...ports, ...broken })({
      channelId,
      given,
      now: at,
      once: { key, requestHash: sha256Hex(JSON.stringify(given)) },
    });
  const accepted = async (at: string) => acceptedSecrets(await kept.credentials('shop'), at);
  return { give, accepted, kept, records };
}
const crash = () => Promise.reject(new Error('killed'));

describe('credentials that a channel is given', () => {
  it('are answered by name and time, and never by what they are', async () => {
    const { give, records } = world();
    await give({ signing: 'secret-one', values: { clientSecret: 'value-one' } });
    const second = await give(
      { signing: 'secret-two', overlapSeconds: 60, values: { accessToken: 'value-two' } },
      { key: 'k2', at: later(5) },
    );
    expect(second).toEqual({
      ok: true,
      value: {
        channelId: 'shop',
        signing: [{ addedAt: later(5) }, { addedAt: now, until: later(65) }],
        values: [
          { name: 'accessToken', since: later(5) },
          { name: 'clientSecret', since: now },
        ],
      },
    });
    expect(JSON.stringify([second, ...records])).not.toMatch(/secret-|value-/);
  });

  it('need a channel', async () => {
    const { give, kept } = world();
    expect(await give({ signing: 'secret-one' }, { channelId: 'nowhere' })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    expect(await kept.credentials('nowhere')).toEqual({ signing: [], values: {} });
  });

  it('leave out of the answer what is over', async () => {
    const { give } = world();
    await give({ signing: 'secret-one' });
    await give({ signing: 'secret-two', overlapSeconds: 1 }, { key: 'k2' });
    const third = await give({ values: { accessToken: 'x' } }, { key: 'k3', at: later(9) });
    expect(third).toMatchObject({ value: { signing: [{ addedAt: now }] } });
  });
});

describe('a value', () => {
  it('of a name that the channel’s type does not know is refused with those that it does, and nothing is written', async () => {
    const { give, kept, records } = world();
    expect(await give({ signing: 'secret-one', values: { acessToken: 'value-one' } })).toMatchObject({
      refusal: {
        code: 'invalid-request',
        errors: [{ pointer: '/values/acessToken', detail: 'is none of accessToken, clientSecret' }],
      },
    });
    expect(await kept.credentials('shop')).toEqual({ signing: [], values: {} });
    expect(records.size).toBe(0);
  });

  it('is taken away by null, also one whose name nobody knows; the others stay', async () => {
    const { give, kept } = world();
    const since = { accessToken: now, acessToken: now };
    kept.given('shop', { values: { accessToken: 'value-one', acessToken: 'value-two' }, since });
    expect(await give({ values: { acessToken: null } })).toMatchObject({
      ok: true,
      value: { values: [{ name: 'accessToken', since: now }] },
    });
    expect(await kept.credentials('shop')).toMatchObject({
      values: { accessToken: 'value-one' },
      since: { accessToken: now },
    });
    const again = await give({ values: { acessToken: null, accessToken: 'value-three' } }, { key: 'k2', at: later(1) });
    expect(again).toMatchObject({ value: { values: [{ name: 'accessToken', since: later(1) }] } });
    expect((await kept.credentials('shop')).values).toEqual({ accessToken: 'value-three' });
  });
});

describe('a call that is made again', () => {
  it('is answered as the first, and does not undo what came later', async () => {
    const { give, accepted } = world();
    const first = await give({ signing: 'secret-one' });
    await give({ signing: 'secret-two' }, { key: 'k2', at: later(1) });
    expect(await give({ signing: 'secret-one' }, { at: later(2) })).toEqual(first);
    expect(await accepted(later(2))).toEqual(['secret-two', 'secret-one']);
  });

  it('with another secret under the same key is refused, and changes nothing', async () => {
    const { give, accepted } = world();
    await give({ signing: 'secret-one' });
    expect(await give({ signing: 'secret-two' })).toMatchObject({ refusal: { code: 'idempotency-key-reused' } });
    expect(await accepted(now)).toEqual(['secret-one']);
  });

  it('after a crash between its two writes finds its secret there, and ends the overlap when it was promised', async () => {
    const { give, accepted, records } = world();
    await give({ signing: 'secret-one' }, { key: 'k0' });
    const given = { signing: 'secret-two', overlapSeconds: 60 };
    await expect(give(given, { broken: { commit: crash } })).rejects.toThrow('killed');
    expect(await accepted(now)).toEqual(['secret-two', 'secret-one']);
    expect(records.has('k1')).toBe(false);
    expect(await give(given, { at: later(30) })).toMatchObject({
      value: { signing: [{ addedAt: now }, { until: later(60) }] },
    });
    expect(await accepted(later(60))).toEqual(['secret-two']);
  });

  it('at the same time is done once', async () => {
    const { give, accepted } = world();
    const answers = await Promise.all([give({ signing: 'secret-one' }), give({ signing: 'secret-one' })]);
    expect(answers[0]).toEqual(answers[1]);
    expect(await accepted(now)).toEqual(['secret-one']);
  });
});

it('the record of a key is no way to try secrets: it is keyed with what lies with them', async () => {
  const { give, records } = world();
  const given = { signing: 'password' };
  await give(given);
  expect(records.get('k1')?.requestHash).toMatch(/^[0-9a-f]{64}$/);
  expect(records.get('k1')?.requestHash).not.toBe(sha256Hex(JSON.stringify(given)));
});
