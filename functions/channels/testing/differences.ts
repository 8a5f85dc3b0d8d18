const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name, in a sample, of what stands for every name there: names that are free, as of metadata. */
export const anyName = '*';

/**
 * Where a payload has a field, or a kind of value, that none of the channel's samples has: paths, none where it is alike. An empty list or a null
 * of a sample says that something is there, not what.
 */
export function differencesFrom(samples: readonly unknown[], payload: unknown, path = ''): readonly string[] {
  const known = samples.filter((sample) => sample !== null);
  if (known.length === 0 && samples.length > 0) return [];
  if (Array.isArray(payload)) {
    const lists = known.filter((sample) => Array.isArray(sample));
    const items: readonly unknown[] = lists.flat();
    if (lists.length === 0) return [`${path} is no list there`];
    return items.length === 0 ? [] : distinct(payload.flatMap((one) => differencesFrom(items, one, `${path}[]`)));
  }
  if (!isObject(payload)) return isLike(samples, payload) ? [] : [`${path} is no ${kindOf(payload)} there`];
  const objects = known.filter(isObject);
  if (objects.length === 0) return [`${path} is no object there`];
  return Object.entries(payload).flatMap(([name, value]) => {
    const values = objects.flatMap((one) => (name in one ? [one[name]] : anyName in one ? [one[anyName]] : []));
    return values.length === 0 ? [`${path}.${name} is not there`] : differencesFrom(values, value, `${path}.${name}`);
  });
}

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value);
const isLike = (samples: readonly unknown[], value: unknown): boolean =>
  samples.some((sample) => kindOf(sample) === kindOf(value));
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
