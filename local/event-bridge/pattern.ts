import { type Json } from '../aws-service.ts';
import { isObject, matchesScalar } from './pattern-operators.ts';

/**
 * Whether an event matches an EventBridge pattern; the same for event source mapping filters.
 * Fields of one object are all required, values of one list are alternatives, and conditions on an array of objects have to
 * hold for one and the same element. Validate the pattern first (`validatePattern`): unknown operators match nothing.
 */
export function matches(pattern: Json, event: Json | undefined): boolean {
  if (Array.isArray(event)) return event.some((element) => matches(pattern, element));
  if (!isObject(pattern)) return false;
  if (event !== undefined && !isObject(event)) return false;
  return Object.entries(pattern).every(([key, condition]) => {
    if (key === '$or' && Array.isArray(condition)) return condition.some((alternative) => matches(alternative, event));
    if (Array.isArray(condition)) return matchesField(condition, event?.[key]);
    return condition !== undefined && matches(condition, event?.[key]);
  });
}

/** The alternatives of one field against its value, which may be an array. */
function matchesField(matchers: Json[], value: Json | undefined): boolean {
  if (matchers.some((matcher) => isObject(matcher) && matcher.exists === isLeaf(value))) return true;
  if (value === undefined) return false;
  const scalars = Array.isArray(value) ? flatScalars(value) : [value].filter(isScalar);
  return scalars.some((scalar) => matchers.some((matcher) => matchesScalar(matcher, scalar)));
}

function flatScalars(values: Json[]): Json[] {
  return values.flatMap((value) => (Array.isArray(value) ? flatScalars(value) : [value])).filter(isScalar);
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object';
}

/** `exists` is true only for leaves: scalars and arrays, not objects. */
function isLeaf(value: Json | undefined): boolean {
  return value !== undefined && !isObject(value);
}
