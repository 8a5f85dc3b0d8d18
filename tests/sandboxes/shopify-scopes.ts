/** Fields that take a scope of their own wherever they stand. Source: https://shopify.dev/docs/api/usage/access-scopes */
const scopeOf: Readonly<Record<string, string>> = {
  variant: 'read_products',
  product: 'read_products',
  customer: 'read_customers',
  retailLocation: 'read_locations',
  location: 'read_locations',
};

/** A top-level error about a field that the app may not see. */
export interface Denied {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly extensions: { readonly code: 'ACCESS_DENIED' };
}

/** An answer as an app with these scopes gets it: what it may not see is null, and an error says so. */
export function seenWith(
  scopes: readonly string[],
  data: object,
): { readonly data: unknown; readonly errors: Denied[] } {
  const errors: Denied[] = [];
  const isDenied = (name: string) => {
    const scope = scopeOf[name];
    return scope !== undefined && !scopes.includes(scope) && !scopes.includes(scope.replace('read_', 'write_'));
  };
  const seen = (value: unknown, path: readonly (string | number)[]): unknown => {
    if (Array.isArray(value)) return value.map((one, index) => seen(one, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (!isDenied(name)) return [name, seen(inner, [...path, name])];
        const message = `Access denied for ${name} field. Required access: \`${scopeOf[name]}\` access scope.`;
        errors.push({ message, path: [...path, name], extensions: { code: 'ACCESS_DENIED' } });
        return [name, null];
      }),
    );
  };
  return { data: seen(data, []), errors };
}
