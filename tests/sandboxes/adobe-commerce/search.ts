/** Any JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * What a search finds: the filter groups that all must hold, the sort orders, and the page. As a store does it, a page beyond the last one
 * is the last one again, and `total_count` counts all.
 * Source: https://developer.adobe.com/commerce/webapi/rest/use-rest/performing-searches
 */
export function search(all: readonly Fields[], query: URLSearchParams): { items: Fields[]; total_count: number } {
  const found = all.filter((one) => filtersOf(query).every((filter) => holds(one, filter)));
  const fields = sortsOf(query);
  const sorted = found.toSorted(
    (a, b) => fields.map((field) => compare(a[field], b[field])).find((order) => order !== 0) ?? 0,
  );
  const size = Number(query.get('searchCriteria[pageSize]') ?? 20);
  const last = Math.max(1, Math.ceil(sorted.length / size));
  const page = Math.min(last, Number(query.get('searchCriteria[currentPage]') ?? 1));
  return { items: sorted.slice((page - 1) * size, page * size), total_count: sorted.length };
}

interface Filter {
  readonly field: string;
  readonly value: string;
  readonly condition: string;
}

const filtersOf = (query: URLSearchParams): Filter[] =>
  [...query.keys()]
    .filter((key) => key.endsWith('[field]') && key.includes('[filter_groups]'))
    .map((key) => {
      const at = key.slice(0, -'[field]'.length);
      return {
        field: query.get(key) ?? '',
        value: query.get(`${at}[value]`) ?? '',
        condition: query.get(`${at}[condition_type]`) ?? 'eq',
      };
    });

const sortsOf = (query: URLSearchParams): string[] =>
  [...query].filter(([key]) => key.includes('[sortOrders]') && key.endsWith('[field]')).map(([, field]) => field);

function holds(one: Fields, { field, value, condition }: Filter): boolean {
  const own = String(one[field]);
  if (condition === 'in') return value.split(',').includes(own);
  return condition === 'gteq' ? own >= value : own === value;
}

const compare = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};
