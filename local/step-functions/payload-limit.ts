import { type Json } from '../aws-service.ts';
import { StateError } from './state-error.ts';

/**
 * Largest input, output or variable, in bytes of UTF-8:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const largestPayloadBytes = 262_144;

/** Whether `text` is more than a state may take or give. */
export const isTooLarge = (text: string): boolean =>
  text.length > largestPayloadBytes ||
  (text.length * 3 > largestPayloadBytes && Buffer.byteLength(text) > largestPayloadBytes);

/** Throws `States.DataLimitExceeded` if `payload` is too large; `what` says whose it is. */
export function assertPayloadSize(payload: Json, what: string): void {
  if (payload === null || typeof payload === 'number' || typeof payload === 'boolean') return;
  if (!isTooLarge(JSON.stringify(payload))) return;
  const reason = `The ${what} is larger than the maximum of ${largestPayloadBytes} bytes.`;
  throw new StateError('States.DataLimitExceeded', reason);
}
