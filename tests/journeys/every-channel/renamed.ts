/** A copy in which every text that stands for something else is that: ids and SKUs of a fixture get a test's own. */
export function renamed<T>(value: T, names: Readonly<Record<string, string>>): T {
  const text = Object.entries(names).reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(value));
  return JSON.parse(text) as T;
}
