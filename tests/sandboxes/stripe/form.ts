/** Parameters as Stripe's form encoding nests them: `metadata[order_id]=x` is `{ metadata: { order_id: 'x' } }`. */
export interface Params {
  readonly [name: string]: string | Params;
}

/** Decodes a form body or a query string with nested brackets. */
export function decodeForm(text: string): Params {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll(']', '').split('[');
    const last = path.pop() ?? '';
    let at = root;
    for (const part of path) at = (at[part] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
  return root as Params;
}

/** A parameter that is text, or nothing. */
export const textOf = (params: Params, name: string): string | undefined => {
  const value = params[name];
  return typeof value === 'string' ? value : undefined;
};

/** A parameter that is a hash of texts. */
export function hashOf(params: Params, name: string): Record<string, string> {
  const value = params[name];
  if (typeof value !== 'object') return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
