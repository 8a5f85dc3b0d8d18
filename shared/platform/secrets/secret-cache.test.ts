import {
  DecryptionFailure,
  InternalServiceError,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, vi } from 'vitest';
import { SecretCache, cachedMs, forcedAtOnce, pauseMs } from './secret-cache.ts';
import { type Secret } from './secrets.ts';

const meta = { $metadata: {}, message: 'no' };
const throttled = new SecretsManagerServiceException({ ...meta, name: 'ThrottlingException', $fault: 'client' });
const down = new InternalServiceError(meta);
const timedOut = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
const denied = new SecretsManagerServiceException({ ...meta, name: 'AccessDeniedException', $fault: 'client' });

function world() {
  let [now, version] = [0, 1];
  const read = vi.fn<(name: string) => Promise<Secret | undefined>>((name) =>
    Promise.resolve({ text: `${name} ${version}`, versionId: String(version) }),
  );
  const warn = vi.fn<(name: string, error: unknown) => void>();
  const cache = new SecretCache({ read, now: () => now, warn });
  return {
    cache,
    read,
    warn,
    text: async (fresh = false) => (await cache.get('shop', fresh))?.text,
    pass: (ms: number) => void (now += ms),
    change: () => void (version += 1),
  };
}

describe('a secret in memory', () => {
  it('serves for a minute, then it is read again', async () => {
    const { text, read, pass, change } = world();
    expect(await text()).toBe('shop 1');
    change();
    pass(cachedMs - 1);
    expect(await text()).toBe('shop 1');
    pass(1);
    expect(await text()).toBe('shop 2');
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is read anew at once for who has a reason, also where somebody had none a moment before', async () => {
    const { text, pass, change } = world();
    await text();
    expect(await text(true)).toBe('shop 1');
    pass(1);
    change();
    expect(await text(true)).toBe('shop 2');
  });

  it('is read anew a few times at once, then once in five seconds, however many have a reason', async () => {
    const { text, read, pass, change } = world();
    await text();
    for (let forged = 0; forged < 100; forged += 1) await text(true);
    expect(read).toHaveBeenCalledTimes(1 + forcedAtOnce);
    change();
    expect(await text(true)).toBe('shop 1');
    pass(pauseMs);
    expect(await text(true)).toBe('shop 2');
    pass(pauseMs - 1);
    await text(true);
    expect(read).toHaveBeenCalledTimes(2 + forcedAtOnce);
    pass(forcedAtOnce * pauseMs);
    for (let forged = 0; forged < 100; forged += 1) await text(true);
    expect(read).toHaveBeenCalledTimes(2 + 2 * forcedAtOnce);
  });

  it('is read once for all who ask at the same time, and for each name by itself', async () => {
    const { cache, text, read } = world();
    const both = await Promise.all([text(), text(true), text(), cache.get('market')]);
    expect(both).toMatchObject(['shop 1', 'shop 1', 'shop 1', { text: 'market 1' }]);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is remembered not to be there, and found by who has a reason to look', async () => {
    const { text, read } = world();
    read.mockResolvedValueOnce(undefined);
    expect(await text()).toBeUndefined();
    expect(await text()).toBeUndefined();
    expect(await text(true)).toBe('shop 1');
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is forgotten by who has changed it', async () => {
    const { cache, text, change } = world();
    await text();
    change();
    cache.forget('shop');
    expect(await text()).toBe('shop 2');
  });
});

describe('while Secrets Manager does not answer', () => {
  it.each([
    ['a throttle', throttled],
    ['a fault on its side', down],
    ['no answer in time', timedOut],
  ])('%s: the one in memory goes on serving, and is tried again every five seconds', async (_, error) => {
    const { text, read, warn, pass, change } = world();
    await text();
    change();
    pass(cachedMs);
    read.mockRejectedValueOnce(error).mockRejectedValueOnce(error);
    for (let asked = 0; asked < 10; asked += 1) expect(await text(asked % 2 === 0)).toBe('shop 1');
    expect(read).toHaveBeenCalledTimes(2);
    expect(warn).toHaveBeenCalledExactlyOnceWith('shop', error);
    pass(pauseMs);
    expect(await text()).toBe('shop 1');
    pass(pauseMs);
    expect(await text()).toBe('shop 2');
  });

  it('with nothing in memory there is nothing to go on with; the next call tries again', async () => {
    const { text, read } = world();
    read.mockRejectedValueOnce(throttled);
    await expect(text()).rejects.toBe(throttled);
    expect(await text()).toBe('shop 1');
  });
});

it.each([
  ['a right that was taken away', denied],
  ['a key that decrypts no more', new DecryptionFailure(meta)],
])('%s takes effect', async (_, error) => {
  const { text, read, pass } = world();
  await text();
  pass(cachedMs);
  read.mockRejectedValueOnce(error);
  await expect(text()).rejects.toBe(error);
});
