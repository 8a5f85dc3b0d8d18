import { BlockList, isIP } from 'node:net';
import { type Json, type JsonObject } from '../aws-service.ts';

/** Tests one scalar of an event against an operator's operand. */
type Operator = (operand: Json, value: Json) => boolean;

const COMPARISONS: Record<string, (left: number, right: number) => boolean> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const OPERATORS: Record<string, Operator> = {
  prefix: (operand, value) => affix(operand, value, (text, part) => text.startsWith(part)),
  suffix: (operand, value) => affix(operand, value, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand, value) =>
    asList(operand).some((each) => typeof each === 'string' && equalsIgnoreCase(each, value)),
  wildcard: (operand, value) =>
    typeof value === 'string' && asList(operand).some((glob) => typeof glob === 'string' && matchesGlob(glob, value)),
  cidr: (operand, value) => typeof operand === 'string' && typeof value === 'string' && inCidr(operand, value),
  numeric: (operand, value) => typeof value === 'number' && inRange(asList(operand), value),
  'anything-but': (operand, value) =>
    isObject(operand)
      ? !Object.entries(operand).some(([name, inner]) =>
          asList(inner ?? null).some((each) => OPERATORS[name]?.(each, value) ?? false),
        )
      : !asList(operand).includes(value),
};

/** Operators besides `exists`, which looks at the field and not at a value. */
export const SCALAR_OPERATORS: ReadonlySet<string> = new Set(Object.keys(OPERATORS));
/** Comparison signs of `numeric`. */
export const NUMERIC_SIGNS: ReadonlySet<string> = new Set(Object.keys(COMPARISONS));

/** One matcher of a pattern (a literal or `{operator: operand}`) against one scalar. */
export function matchesScalar(matcher: Json, value: Json): boolean {
  if (!isObject(matcher)) return matcher === value;
  const [name = '', operand = null] = Object.entries(matcher)[0] ?? [];
  return OPERATORS[name]?.(operand, value) ?? false;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asList(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

function affix(operand: Json, value: Json, has: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (typeof operand === 'string') return has(value, operand);
  const part = isObject(operand) ? operand['equals-ignore-case'] : undefined;
  return typeof part === 'string' && has(value.toLowerCase(), part.toLowerCase());
}

function equalsIgnoreCase(expected: string, value: Json): boolean {
  return typeof value === 'string' && value.toLowerCase() === expected.toLowerCase();
}

/** `*` stands for any text; `\*` for a star. Linear: each part is searched once, from the left. */
function matchesGlob(glob: string, text: string): boolean {
  const parts = glob.split(/(?<!\\)\*/).map((part) => part.replace(/\\([*\\])/g, '$1'));
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length - position >= last.length && text.endsWith(last);
}

function inCidr(range: string, address: string): boolean {
  const [network = '', bits] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) !== (family === 'ipv6' ? 6 : 4)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(address, family);
}

function inRange(conditions: Json[], value: number): boolean {
  for (let index = 0; index < conditions.length; index += 2) {
    const [sign, bound] = [conditions[index], conditions[index + 1]];
    if (typeof sign !== 'string' || typeof bound !== 'number') return false;
    if (!COMPARISONS[sign]?.(value, bound)) return false;
  }
  return true;
}
