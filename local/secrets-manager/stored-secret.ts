import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { type SecretContent } from './requests.ts';

/** Labels that Secrets Manager moves by itself. */
export const current = 'AWSCURRENT';
export const previous = 'AWSPREVIOUS';

/** Versions without a label that are kept, as in AWS. */
const keptWithoutLabel = 100;

const version = z.object({
  id: z.string(),
  createdAt: z.number(),
  stages: z.array(z.string()),
  SecretString: z.string().exactOptional(),
  SecretBinary: z.string().exactOptional(),
});
/** A version of a secret; its content never changes. */
export type SecretVersion = z.infer<typeof version>;

/** A secret as it is stored. Times in milliseconds since 1970. */
export const storedSecret = z.object({
  name: z.string(),
  arn: z.string(),
  description: z.string().exactOptional(),
  createdAt: z.number(),
  changedAt: z.number(),
  /** When it was marked for deletion, and when it is to go. */
  deletion: z.object({ markedAt: z.number(), goesAt: z.number() }).exactOptional(),
  versions: z.array(version),
});
/** A secret as it is stored. */
export type StoredSecret = z.infer<typeof storedSecret>;

const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An ARN ends in six random characters, so that rights to a deleted secret are none to a later one of its name. */
export function newArn(name: string, { region, accountId }: { readonly region: string; readonly accountId: string }) {
  const suffix = Array.from(randomBytes(6), (byte) => suffixAlphabet[byte % suffixAlphabet.length]).join('');
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
}

/** A version to be added. */
export interface NewVersion extends SecretContent {
  readonly token?: string | undefined;
  readonly stages?: readonly string[] | undefined;
}

/**
 * Adds a version under its token. The same content under the same token is done already; other content is refused, as versions never change.
 * What gets AWSCURRENT leaves AWSPREVIOUS to the version that had it.
 */
export function withVersion(
  secret: StoredSecret,
  { token = randomUUID(), stages = [current], SecretString, SecretBinary }: NewVersion,
  now: number,
): { readonly secret: StoredSecret; readonly version: SecretVersion } {
  const present = secret.versions.find(({ id }) => id === token);
  if (present !== undefined) {
    if (present.SecretString === SecretString && present.SecretBinary === SecretBinary)
      return { secret, version: present };
    throw new AwsError(
      'ResourceExistsException',
      `The version ${token} exists already with other content; a version cannot be changed.`,
    );
  }
  const content = { ...(SecretString !== undefined && { SecretString }), ...(SecretBinary && { SecretBinary }) };
  const added: SecretVersion = { id: token, createdAt: now, stages: [...stages], ...content };
  const older = stages.includes(current) ? secret.versions.map(stepBack) : secret.versions;
  const others = older.map((one) => ({ ...one, stages: one.stages.filter((stage) => !stages.includes(stage)) }));
  return { secret: { ...secret, changedAt: now, versions: [...kept(others), added] }, version: added };
}

/** The version that was current becomes the previous one; the one that was previous loses that label. */
function stepBack(one: SecretVersion): SecretVersion {
  const stages = one.stages.filter((stage) => stage !== previous);
  return { ...one, stages: stages.map((stage) => (stage === current ? previous : stage)) };
}

function kept(versions: readonly SecretVersion[]): SecretVersion[] {
  const bare = versions.filter(({ stages }) => stages.length === 0);
  const dropped = new Set(bare.slice(0, Math.max(0, bare.length - keptWithoutLabel)));
  return versions.filter((one) => !dropped.has(one));
}
