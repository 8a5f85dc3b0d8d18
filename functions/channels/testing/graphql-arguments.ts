import * as z from 'zod';

const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

/** A field that is asked for: its name, its arguments, and its directive with the argument of that. */
const field = /^\s*(\w+)\s*(?:\(([^)]*)\))?\s*(?:(@\w+)\(([^)]*)\))?/;
/** What stands before the first field: fragments, the operation with its variables. */
const opening = /^(?:[^]*?^\s*(?=query\b|mutation\b))?[^{]*\{/m;
const argument = /(\w+)\s*:\s*(\$?[\w."-]+|\[[^\]]*\]|\{[^}]*\})/g;

/** The first field that a GraphQL request asks for, with what it is given: variables stand in their places, absent ones are left out. */
export function argumentsOf(sent: unknown): {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
} {
  const { query, variables } = request.parse(sent);
  const [, name = '', given = '', directive, key = ''] = field.exec(query.replace(opening, '')) ?? [];
  const read = (text: string): Record<string, unknown> =>
    Object.fromEntries(
      [...text.matchAll(argument)]
        .filter(([, , value = '']) => !value.startsWith('$') || value.slice(1) in variables)
        .map(([, one = '', value = '']) => [one, value.startsWith('$') ? variables[value.slice(1)] : literal(value)]),
    );
  return {
    name: `GRAPHQL ${name}`,
    body: { ...read(given), ...(directive !== undefined && { [directive]: read(key) }) },
  };
}

/** A literal of GraphQL; a name of an enumeration is a text. */
const literal = (text: string): unknown =>
  /^(true|false|null|-?\d+(\.\d+)?|".*")$/.test(text) ? (JSON.parse(text) as unknown) : text;
