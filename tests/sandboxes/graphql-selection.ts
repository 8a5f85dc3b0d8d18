/** A selected field with what is selected of it; `on` where it is of a fragment for one type. */
interface Selected {
  readonly name: string;
  readonly on?: string;
  readonly fields: readonly Selected[];
}

/** The root fields of a GraphQL document of one operation, with what is selected of each. Arguments and directives are passed over. */
export function selectionOf(document: string): readonly Selected[] {
  const tokens = document.replaceAll(/#.*$/gm, '').match(/\.\.\.|"(?:[^"\\]|\\.)*"|[\w$]+|[{}()[\]:!@,=]/g) ?? [];
  let at = 0;
  const skipParentheses = () => {
    for (let depth = 0; at < tokens.length; at += 1) {
      depth += tokens[at] === '(' ? 1 : tokens[at] === ')' ? -1 : 0;
      if (depth === 0) return void (at += 1);
    }
  };
  const fields = (on?: string): Selected[] => {
    const selected: Selected[] = [];
    at += 1;
    while (at < tokens.length && tokens[at] !== '}') {
      const name = tokens[at] ?? '';
      at += 1;
      if (name === '...') {
        at += 2;
        selected.push(...fields(tokens[at - 1]));
        continue;
      }
      while (tokens[at] === '(' || tokens[at] === '@') {
        if (tokens[at] === '@') at += 2;
        if (tokens[at] === '(') skipParentheses();
      }
      selected.push({ name, ...(on !== undefined && { on }), fields: tokens[at] === '{' ? fields() : [] });
    }
    at += 1;
    return selected;
  };
  while (at < tokens.length && tokens[at] !== '{') {
    if (tokens[at] === '(') skipParentheses();
    else at += 1;
  }
  return fields();
}

/** What was selected of a value, and nothing else. @throws Error for a field that its type does not have */
export function select(value: unknown, fields: readonly Selected[]): unknown {
  if (Array.isArray(value)) return value.map((one) => select(one, fields));
  if (typeof value !== 'object' || value === null || fields.length === 0) return value;
  const record: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  const type = record['__typename'];
  return Object.fromEntries(
    fields
      .filter(({ on }) => on === undefined || on === type)
      .map(({ name, fields: inner }) => {
        if (!(name in record))
          throw new Error(`Field '${name}' doesn't exist on type '${typeof type === 'string' ? type : 'Object'}'`);
        return [name, select(record[name], inner)];
      }),
  );
}
