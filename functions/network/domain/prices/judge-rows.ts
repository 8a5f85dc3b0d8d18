import { type PriceRow } from '../../../../shared/contracts/network/price-apis.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type PricePeriod, inOrder, isEmpty, overlap } from '../../../../shared/model/network/price-list.ts';

/** The prices that rows give each SKU, in the order of time; none for what is to be removed. */
export type PeriodsBySku = ReadonlyMap<string, readonly PricePeriod[]>;

/**
 * What rows say of each SKU. Refusals, with all rows at fault: `currency-mismatch`; `invalid-request` for a period that never lasts, for two of a SKU that overlap,
 * for a price that is not below the one before, and for a SKU that is put and removed.
 */
export function judgeRows(
  currency: string,
  rows: readonly PriceRow[],
  remove: readonly string[],
): Result<PeriodsBySku> {
  const foreign = rows.flatMap((row, index) => foreignIn(row, index, currency));
  if (foreign.length > 0)
    return refuse('currency-mismatch', `The prices of this list are in ${currency}.`, { errors: foreign });
  const removed = new Set(remove);
  const errors = rows.flatMap((row, index) => [...faultsOf(row, index, removed), ...overlaps(rows, row, index)]);
  if (errors.length > 0)
    return refuse(
      'invalid-request',
      `Some rows cannot be: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')}.`,
      {
        errors,
      },
    );
  const bySku = Map.groupBy(rows, ({ sku }) => sku);
  const put = [...bySku].map(([sku, own]) => [sku, inOrder(own.map(periodOf))] as const);
  return ok(new Map<string, readonly PricePeriod[]>([...remove.map((sku) => [sku, []] as const), ...put]));
}

const periodOf = ({ price, compareAt, from, to }: PriceRow): PricePeriod => present({ price, compareAt, from, to });

const foreignIn = ({ price, compareAt }: PriceRow, index: number, currency: string): FieldError[] =>
  Object.entries({ price, compareAt }).flatMap(([name, money]) =>
    money === undefined || money.currency === currency
      ? []
      : [{ pointer: `/rows/${index}/${name}/currency`, detail: `must be ${currency}` }],
  );

function faultsOf(row: PriceRow, index: number, removed: ReadonlySet<string>): FieldError[] {
  const pointer = `/rows/${index}`;
  const { sku, price, compareAt } = row;
  return [
    ...(isEmpty(periodOf(row)) ? [{ pointer: `${pointer}/to`, detail: 'must be later than from' }] : []),
    ...(compareAt !== undefined && compareAt.amount <= price.amount
      ? [{ pointer: `${pointer}/compareAt`, detail: 'must be more than the price' }]
      : []),
    ...(removed.has(sku) ? [{ pointer: `${pointer}/sku`, detail: 'must not be removed in the same call' }] : []),
  ];
}

/** Each row names the first row of its SKU that it overlaps, of those before it. */
function overlaps(rows: readonly PriceRow[], row: PriceRow, index: number): FieldError[] {
  const other = rows.findIndex((one, at) => at < index && one.sku === row.sku && overlap(periodOf(one), periodOf(row)));
  return other === -1 ? [] : [{ pointer: `/rows/${index}`, detail: `overlaps /rows/${other} of ${row.sku}` }];
}
