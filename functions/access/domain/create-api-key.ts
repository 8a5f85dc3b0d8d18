import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type ApiKey } from '../../../shared/model/access/api-key.ts';
import { create } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type AccessPorts } from '../ports.ts';

/** What a key is to be. */
export type KeyInput = Pick<ApiKey, 'name' | 'scopes' | 'channelId' | 'locationId'>;

/** What a repeat is told: the key was shown once and is kept nowhere. */
export const shownOnce = '(shown once, when it was made)';

/** Makes an API key; only its hash is kept. A repeat under the same Idempotency-Key makes no second key and does not show the first again. */
export const createApiKey =
  (ports: Pick<AccessPorts, 'newKey' | 'commit'>) =>
  async (
    input: KeyInput,
    now: string,
    once?: OnceKey,
  ): Promise<Result<{ key: string; name: string; scopes: string[] }>> => {
    const key = ports.newKey();
    const { name } = input;
    const scopes = [...input.scopes];
    const stored: ApiKey = { ...input, hash: sha256Hex(key), createdAt: now, version: 1, updatedAt: now };
    const decide = () =>
      Promise.resolve(
        ok({ changes: [create('apiKey', stored)], reply: { key: shownOnce, name, scopes, hash: stored.hash } }),
      );
    const made = await decideAndCommit(ports.commit, decide, once);
    return made.ok ? ok({ name, scopes, key: made.value.hash === stored.hash ? key : shownOnce }) : made;
  };
