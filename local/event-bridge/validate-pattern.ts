import { isIP } from 'node:net';
import { type Json } from '../aws-service.ts';
import { isObject, NUMERIC_SIGNS, SCALAR_OPERATORS } from './pattern-operators.ts';

const AFFIX_OPERANDS = new Set(['equals-ignore-case']);
const ANYTHING_BUT_OPERATORS = new Set(['prefix', 'suffix', 'wildcard', 'equals-ignore-case']);

/** Says what is wrong with an event pattern, by its path in it; nothing if EventBridge would accept it. */
export function validatePattern(pattern: Json): string | undefined {
  if (!isObject(pattern)) return 'an event pattern has to be an object';
  return firstProblem(
    Object.entries(pattern).map(
      ([key, condition]) =>
        () =>
          problemOfField(key, condition ?? null),
    ),
  );
}

function problemOfField(key: string, condition: Json): string | undefined {
  const at = (problem: string | undefined): string | undefined => problem && `${key}: ${problem}`;
  if (key === '$or') return at(problemOfAlternatives(condition));
  if (isObject(condition)) return at(validatePattern(condition));
  if (!Array.isArray(condition)) return at('a condition has to be a list or an object');
  if (condition.length === 0) return at('empty lists match nothing');
  return at(firstProblem(condition.map((matcher) => () => problemOfMatcher(matcher))));
}

function problemOfAlternatives(condition: Json): string | undefined {
  if (!Array.isArray(condition) || condition.length < 2) return 'needs a list of at least two patterns';
  return firstProblem(condition.map((alternative) => () => validatePattern(alternative)));
}

function problemOfMatcher(matcher: Json): string | undefined {
  if (Array.isArray(matcher)) return 'lists cannot be nested';
  if (!isObject(matcher)) return undefined;
  const entries = Object.entries(matcher);
  const [name, operand] = entries[0] ?? [];
  if (entries.length !== 1 || name === undefined) return `needs exactly one operator: ${JSON.stringify(matcher)}`;
  return problemOfOperator(name, operand ?? null);
}

function problemOfOperator(name: string, operand: Json): string | undefined {
  if (name === 'exists') return typeof operand === 'boolean' ? undefined : 'exists takes true or false';
  if (!SCALAR_OPERATORS.has(name)) return `unknown operator ${name}`;
  if (name === 'numeric') return problemOfNumeric(operand);
  if (name === 'cidr') return problemOfCidr(operand);
  if (name === 'anything-but') return problemOfAnythingBut(operand);
  if (name === 'prefix' || name === 'suffix') return problemOfAffix(name, operand);
  return isTextOrTexts(operand) ? undefined : `${name} takes a string`;
}

function problemOfNumeric(operand: Json): string | undefined {
  const valid =
    Array.isArray(operand) &&
    (operand.length === 2 || operand.length === 4) &&
    operand.every((part, index) =>
      index % 2 === 0 ? typeof part === 'string' && NUMERIC_SIGNS.has(part) : typeof part === 'number',
    );
  return valid ? undefined : 'numeric takes one or two pairs of sign and number';
}

function problemOfCidr(operand: Json): string | undefined {
  const [network = '', bits = ''] = typeof operand === 'string' ? operand.split('/') : [];
  const longest = isIP(network) === 6 ? 128 : 32;
  const valid = isIP(network) !== 0 && /^\d+$/.test(bits) && Number(bits) <= longest;
  return valid ? undefined : 'cidr takes an address range such as 10.0.0.0/24';
}

function problemOfAnythingBut(operand: Json): string | undefined {
  if (Array.isArray(operand)) {
    const valid = operand.length > 0 && operand.every((each) => typeof each === 'string' || typeof each === 'number');
    return valid ? undefined : 'anything-but takes strings or numbers';
  }
  if (!isObject(operand)) return operand === null ? 'anything-but takes strings or numbers' : undefined;
  return problemOfNested('anything-but', operand, ANYTHING_BUT_OPERATORS);
}

function problemOfAffix(name: string, operand: Json): string | undefined {
  if (typeof operand === 'string') return undefined;
  return isObject(operand) ? problemOfNested(name, operand, AFFIX_OPERANDS) : `${name} takes a string`;
}

function problemOfNested(
  name: string,
  operand: Record<string, Json | undefined>,
  allowed: Set<string>,
): string | undefined {
  const entries = Object.entries(operand);
  const [inner, value] = entries[0] ?? [];
  if (entries.length !== 1 || inner === undefined || !allowed.has(inner))
    return `unknown operator ${inner ?? ''} in ${name}`;
  return isTextOrTexts(value ?? null) ? undefined : `${inner} takes a string`;
}

function isTextOrTexts(operand: Json): boolean {
  return typeof operand === 'string' || (Array.isArray(operand) && operand.every((each) => typeof each === 'string'));
}

function firstProblem(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}
