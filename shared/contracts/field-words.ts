import * as z from 'zod';

type RawIssue = z.core.$ZodRawIssue;
type UnionIssue = z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>;

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'a time in UTC, e.g. 2026-11-22T09:30:00Z',
  date: 'a date, e.g. 2026-11-22',
  url: 'a web address, e.g. https://shop.example.com',
  email: 'an email address',
  uuid: 'a UUID',
};

/**
 * What is wrong with a field, in words that follow its name: `must be a whole number`. What a schema says itself goes before.
 * @returns nothing for what has no words here; then zod's own are told
 */
export function fieldWords(issue: RawIssue): string | undefined {
  if (isMissing(issue)) return neededWords(issue);
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'undefined' ? 'must be left out' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'invalid_union':
      return unionWords(issue);
    case 'too_small':
      return `must ${sizeWords(issue.origin, issue.exact ? '' : issue.inclusive ? 'at least' : 'more than', issue.minimum)}`;
    case 'too_big':
      return `must ${sizeWords(issue.origin, issue.exact ? '' : issue.inclusive ? 'at most' : 'less than', issue.maximum)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return formatWords(issue.format, issue.pattern);
    case 'unrecognized_keys':
      return `has fields that are not known here (${issue.keys.join(', ')}): remove them`;
    case 'invalid_key':
      return 'has a name that cannot be used here';
    case 'invalid_element':
      return 'has an entry that cannot be used here';
    case 'custom':
      return 'cannot be used here';
  }
}

/** A discriminated union is wrong where its discriminator is. */
function isMissing({ code, input, discriminator }: RawIssue): boolean {
  if (code === 'custom') return false;
  if (typeof discriminator !== 'string' || typeof input !== 'object' || input === null) return input === undefined;
  return !(discriminator in input);
}

function neededWords(issue: RawIssue): string {
  const options =
    issue.code === 'invalid_value' ? issue.values : issue.code === 'invalid_union' ? optionsOf(issue) : [];
  return options.length > 0 ? `is needed: ${oneOf(options)}` : 'is needed';
}

/** What tells the forms of a union apart may have. */
function optionsOf({ inst, discriminator }: RawIssue): readonly unknown[] {
  if (typeof discriminator !== 'string' || inst === undefined || !('propValues' in inst._zod)) return [];
  return [...(inst._zod.propValues?.[discriminator] ?? [])];
}

/** What each form says of the field itself; what is wrong deeper in one of them would mislead. */
function unionWords(issue: UnionIssue): string {
  const options = optionsOf(issue);
  if (options.length > 0) return `must be ${oneOf(options)}`;
  const said = issue.errors.flatMap(([first]) => (first?.path.length === 0 ? first.message : []));
  return said.length > 0 ? [...new Set(said)].join(', or ') : 'must be in a form that can be used here';
}

const oneOf = (values: readonly unknown[]): string =>
  `${values.length > 1 ? 'one of ' : ''}${values.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')}`;

const units: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  record: ['entry', 'entries'],
};

/** `be at most 5`, or `have at least 1 character`. */
function sizeWords(origin: string, bound: string, size: number | bigint): string {
  const of = units[origin];
  const amount = `${bound} ${size}`.trim();
  return of === undefined ? `be ${amount}` : `have ${amount} ${size === 1 ? of[0] : of[1]}`;
}

const formatWords = (format: string, pattern: string | undefined): string =>
  formats[format] !== undefined
    ? `must be ${formats[format]}`
    : pattern === undefined
      ? `must be in the form ${format}`
      : `must be in the form ${pattern}`;

// Everything that is parsed speaks these words: requests, rows of files, and what channels send.
z.config({ customError: fieldWords });
