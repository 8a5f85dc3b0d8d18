import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { refuse } from '../../kernel/result.ts';
import {
  type ChangeCredentials,
  type ChannelCredentials,
  noCredentials,
  sameCredentials,
} from '../../model/network/credentials.ts';
import { fromEnvironment, secretsPrefixVariable } from '../config.ts';
import { logger } from '../logger.ts';
import { SecretCache } from './secret-cache.ts';
import { readSecret, writeSecret } from './secrets.ts';

/** How often a change is made again because somebody else has written meanwhile. */
const attempts = 6;
const pauseMs = 40;

const stored = z.object({
  signing: z.array(z.object({ value: z.string(), addedAt: z.string(), until: z.string().exactOptional() })),
  values: z.record(z.string(), z.string()),
  since: z.record(z.string(), z.string()).exactOptional(),
  fingerprintKey: z.string().exactOptional(),
});

const cache = new SecretCache({
  read: readSecret,
  warn: (name, error) => logger.warn('a secret could not be read again: the one in memory serves', { name, error }),
});
const nameOf = (channelId: string): string => `${fromEnvironment(secretsPrefixVariable)}/${channelId}`;

/**
 * A channel's credentials, at most a minute old.
 * @param fresh reads them anew, a few times at once and then every five seconds at most: for who has seen a signature or a token fail
 * @param anew reads them anew whatever was read a moment ago: for who was told to look, by somebody who may
 */
export async function credentialsOf(
  channelId: string,
  { fresh = false, anew = false } = {},
): Promise<ChannelCredentials> {
  const name = nameOf(channelId);
  if (anew) cache.forget(name);
  return credentialsFrom(name, (await cache.get(name, fresh))?.text);
}

/**
 * Changes a channel's credentials: reads them, lets `change` decide, writes; again when somebody else has written in between, so that of two
 * changes at once none is lost. What is so already is not written.
 * @returns them as they are now. Refusals: those of `change`; `too-busy`
 */
export const changeCredentials: ChangeCredentials = async (channelId, change) => {
  const name = nameOf(channelId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const secret = await readSecret(name);
    const present = credentialsFrom(name, secret?.text);
    const changed = change(present);
    if (!changed.ok || sameCredentials(changed.value, present)) return changed;
    const value = { fingerprintKey: randomBytes(32).toString('base64url'), ...changed.value };
    if (await writeSecret(name, JSON.stringify(value), secret?.versionId)) {
      cache.forget(name);
      return { ok: true, value };
    }
    // A read may be behind the write that was in the way.
    await pause(pauseMs * 2 ** attempt * Math.random());
  }
  return refuse('too-busy', `Others kept changing the credentials of channel ${channelId}. Try again.`);
};

function credentialsFrom(name: string, text?: string): ChannelCredentials {
  if (text === undefined) return noCredentials;
  const read = stored.safeParse(jsonOf(text));
  if (!read.success) throw new Error(`the secret ${name} is of another shape than credentials: put them anew`);
  return read.data;
}

/** A parser's error quotes what it reads, which is a secret here. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
