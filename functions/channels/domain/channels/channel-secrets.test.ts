import { describe, expect, it } from 'vitest';
import { memoryCredentials } from '../../../../shared/testing/memory-credentials.ts';
import { aStore, input, now, portsOf } from '../../fixtures/put-channel-world.ts';
import { putChannel } from './put-channel.ts';

describe('the secrets of a channel', () => {
  const secrets = { signing: 'a-secret', accessToken: 'a-token' };

  it('are kept elsewhere, and stay when it is changed without them', async () => {
    const [store, kept] = [aStore(), memoryCredentials()];
    const put = putChannel(portsOf(store, kept));
    const answer = await put({ ...input, secrets }, now);
    await put({ ...input, buffer: 2 }, now);
    await put({ ...input, buffer: 2, secrets: {} }, now);
    expect(await kept.credentials('webshop')).toMatchObject({
      signing: [{ value: 'a-secret', addedAt: now }],
      values: { accessToken: 'a-token' },
    });
    expect(JSON.stringify([answer, await store.get('channel', input)])).not.toMatch(/a-secret|a-token|secrets/);
  });

  it('are replaced without loss: the signing secret before is accepted for a day', async () => {
    const kept = memoryCredentials();
    const put = putChannel(portsOf(aStore(), kept));
    await put({ ...input, secrets }, now);
    for (const later of ['2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z'])
      await put({ ...input, secrets: { signing: 'its-successor' } }, later);
    expect(await kept.credentials('webshop')).toMatchObject({
      signing: [{ value: 'its-successor' }, { value: 'a-secret', until: '2026-11-23T10:00:00.000Z' }],
      values: { accessToken: 'a-token' },
    });
  });

  it('are there before the channel is; a call that crashed in between is mended by its repeat', async () => {
    const [store, kept] = [aStore(), memoryCredentials()];
    const ports = portsOf(store, kept);
    const crash = () => Promise.reject(new Error('killed'));
    await expect(putChannel({ ...ports, commit: crash })({ ...input, secrets }, now)).rejects.toThrow('killed');
    expect(await store.get('channel', input)).toBeUndefined();
    const before = await kept.credentials('webshop');
    expect(before.signing).toHaveLength(1);
    expect(await putChannel(ports)({ ...input, secrets }, now)).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await kept.credentials('webshop')).toEqual(before);
    const unwritten = { ...ports, changeCredentials: crash };
    await expect(putChannel(unwritten)({ ...input, buffer: 9, secrets }, now)).rejects.toThrow('killed');
    expect(await store.get('channel', input)).toMatchObject({ buffer: 0 });
  });

  it('are not written by a call that is refused', async () => {
    const kept = memoryCredentials();
    const put = putChannel(portsOf(aStore(), kept));
    await put(input, now);
    expect(await put({ ...input, currency: 'EUR', secrets }, now)).toMatchObject({
      refusal: { code: 'state-conflict' },
    });
    expect(await kept.credentials('webshop')).toMatchObject({ signing: [], values: {} });
  });

  it('of two calls at once are both there', async () => {
    const [store, kept] = [aStore(), memoryCredentials()];
    const put = putChannel(portsOf(store, kept));
    await Promise.all([
      put({ ...input, secrets: { signing: 'a-secret' } }, now),
      put({ ...input, secrets: { accessToken: 'a-token' } }, now),
    ]);
    expect(await kept.credentials('webshop')).toMatchObject({
      signing: [{ value: 'a-secret' }],
      values: { accessToken: 'a-token' },
    });
    expect(await store.get('channel', input)).toMatchObject({ version: 2 });
  });
});
