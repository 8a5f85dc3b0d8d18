const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a payload of ours has a field, or a kind of value, that the channel's example has not: paths, none where it is alike. */
export function differencesFrom(example: unknown, ours: unknown, path = ''): readonly string[] {
  if (Array.isArray(ours))
    return Array.isArray(example)
      ? ours.flatMap((one) => differencesFrom(example[0], one, `${path}[]`))
      : [`${path} is no list there`];
  if (!isObject(ours)) return typeof ours === typeof example ? [] : [`${path} is ${typeof example} there`];
  if (!isObject(example)) return [`${path} is no object there`];
  return Object.entries(ours).flatMap(([name, value]) =>
    name in example ? differencesFrom(example[name], value, `${path}.${name}`) : [`${path}.${name} is not there`],
  );
}
