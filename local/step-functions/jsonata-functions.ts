import { createHash, randomUUID } from 'node:crypto';
import type jsonata from 'jsonata';
import { StateError } from './state-error.ts';

/** The hash algorithms of AWS's `$hash`, by Node's name for them. */
const hashAlgorithms: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function hash(text: string, algorithm = 'SHA-256'): string {
  const name = hashAlgorithms[algorithm];
  if (name === undefined) throw new StateError('States.QueryEvaluationError', `$hash does not know '${algorithm}'`);
  return createHash(name).update(text).digest('hex');
}

function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  const wave = Math.sin(seed) * 10_000;
  return wave - Math.floor(wave);
}

/** AWS allows a range of at most 1,000 elements, and no step of zero. */
function range(first: number, last: number, step: number): number[] {
  const length = Math.floor((last - first) / step) + 1;
  if (step === 0 || length > 1000) throw new StateError('States.QueryEvaluationError', '$range is endless or too long');
  return Array.from({ length: Math.max(length, 0) }, (_, index) => first + index * step);
}

function partition(items: unknown[], size: number): unknown[][] {
  if (size < 1) throw new StateError('States.QueryEvaluationError', '$partition needs a positive size');
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function refuseEval(): never {
  throw new StateError('States.QueryEvaluationError', '$eval is not supported');
}

/**
 * Gives an expression the functions that Step Functions adds to JSONata, and takes `$eval` away.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function addStepFunctionsFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', (text: string): unknown => JSON.parse(text), '<s:x>');
  expression.registerFunction('hash', hash, '<ss?:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('range', range, '<nnn:a<n>>');
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('eval', refuseEval, '<s?x?:x>');
}
