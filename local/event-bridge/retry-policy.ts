import { AwsError } from '../aws-service.ts';
import { type Delivery } from './delivery-store.ts';
import { type DeliveryFailure, type EventTarget } from './rule.ts';

const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8 * 60_000;

/** How long to wait before retry number `attempts`: exponential with jitter, from half a second to eight minutes. */
export function retryDelayMs(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(full * (0.5 + random() / 2));
}

/** Which limit of the target's retry policy (24 h and 185 retries without one) is used up after `attempts` failed tries. */
export function exhaustedBy(
  { retryPolicy = {} }: EventTarget,
  delivery: Delivery,
  attempts: number,
  now: number,
): DeliveryFailure['exhausted'] | undefined {
  if (attempts > (retryPolicy.maximumRetryAttempts ?? DEFAULT_RETRIES)) return 'MaximumRetryAttempts';
  const ageMs = now - delivery.acceptedAt;
  return ageMs >= (retryPolicy.maximumEventAgeSeconds ?? DEFAULT_AGE_SECONDS) * 1000 ? 'MaximumEventAge' : undefined;
}

/** The failure of a given-up delivery, in the words of the dead letter. */
export function deliveryFailure(
  ruleArn: string,
  target: EventTarget,
  exhausted: DeliveryFailure['exhausted'],
  attempts: number,
  reason: unknown,
): DeliveryFailure {
  return {
    ruleArn,
    targetArn: target.arn,
    errorCode: reason instanceof AwsError ? reason.code : 'SDK_CLIENT_ERROR',
    errorMessage: reason instanceof Error ? reason.message : String(reason),
    exhausted,
    retryAttempts: attempts - 1,
  };
}
