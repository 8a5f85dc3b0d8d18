import { type Json } from '../aws-service.ts';

const known = new WeakMap<object, boolean>();
const volatileCall = /\$(?:uuid|random|now|millis|shuffle)\s*\(/;

/**
 * Whether `template` can come out differently when it is evaluated again. Such arguments are kept for the attempt,
 * so that an
 * idempotency key made with `$uuid()` is the same after a restart.
 */
export function isVolatile(template: Json): boolean {
  if (typeof template === 'string') return volatileCall.test(template);
  if (typeof template !== 'object' || template === null) return false;
  let answer = known.get(template);
  if (answer === undefined) {
    answer = volatileCall.test(JSON.stringify(template));
    known.set(template, answer);
  }
  return answer;
}
