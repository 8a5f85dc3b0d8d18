import {
  InvalidRequestException,
  ResourceNotFoundException,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';

/** The answer that there is no such secret, or that it was marked for deletion: somebody wants it not to be used any more. */
export const isGone = (error: unknown): boolean =>
  error instanceof ResourceNotFoundException || error instanceof InvalidRequestException;

/**
 * A failure that says nothing about the secret and goes by: a throttle, a fault on the other side, no connection, no answer in time. A right
 * that was taken away, or a key that decrypts no more, is none: it must take effect.
 */
export const isPassing = (error: unknown): boolean =>
  error instanceof SecretsManagerServiceException
    ? error.$fault === 'server' || /Throttl|TooManyRequests|RequestLimit/.test(error.name)
    : true;
