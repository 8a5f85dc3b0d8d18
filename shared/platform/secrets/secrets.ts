import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { sha256Hex } from '../../kernel/ids.ts';
import { isGone } from './faults.ts';

/**
 * The one Secrets Manager client of a function. A webhook must be answered within seconds (Shopify: five), so a call that hangs is given up
 * early: what is cached serves meanwhile.
 */
export const secretsManager = new SecretsManagerClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true },
});

/** A secret as it was read. */
export interface Secret {
  readonly text: string;
  readonly versionId: string;
}

/** Reads a secret as it is now; `undefined` where there is none, or it was marked for deletion. */
export async function readSecret(name: string): Promise<Secret | undefined> {
  try {
    const { SecretString, VersionId } = await secretsManager.send(new GetSecretValueCommand({ SecretId: name }));
    if (SecretString === undefined || VersionId === undefined) throw new Error(`the secret ${name} is no text`);
    return { text: SecretString, versionId: VersionId };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * Writes a secret over the version that was read. Secrets Manager compares no versions, but never changes one: the id of the new version is
 * derived from the one before, so of two who write over the same version, the second is refused.
 * @param before the version that was read; absent where there was no secret
 * @returns false when somebody else has written meanwhile
 */
export async function writeSecret(name: string, text: string, before?: string): Promise<boolean> {
  const value = { SecretString: text, ClientRequestToken: sha256Hex(JSON.stringify([name, before])) };
  try {
    await (before === undefined
      ? secretsManager.send(new CreateSecretCommand({ Name: name, ...value }))
      : secretsManager.send(new PutSecretValueCommand({ SecretId: name, ...value })));
    return true;
  } catch (error) {
    if (error instanceof ResourceExistsException || error instanceof ResourceNotFoundException) return false;
    throw new Error(
      `the secret ${name} could not be written; one that is marked for deletion has to be restored first`,
      {
        cause: error,
      },
    );
  }
}
