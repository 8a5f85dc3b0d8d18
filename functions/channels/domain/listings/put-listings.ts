import type * as z from 'zod';
import { fieldErrors } from '../../../../shared/contracts/field-errors.ts';
import { type ListingRow, type listingResult, listingRow } from '../../../../shared/contracts/network/listing-apis.ts';
import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { noChannel } from '../channels/read-channel.ts';
import { targetOf } from './others.ts';
import { type ListingAct, type ListingPorts, putListing } from './put-listing.ts';

type RowResult = z.infer<typeof listingResult>;

/** What became of a call, row by row. */
export interface ListedRows {
  readonly listed: number;
  readonly refused: number;
  readonly results: RowResult[];
}

/** A row that can be read, and its place in the call. */
interface Row {
  readonly index: number;
  readonly row: ListingRow;
}

/** SKUs that are worked on at once. */
const lanes = 8;

/**
 * Many listings, each a transaction of its own; a SKU that is stated again is refused. Rows that mean the same thing at the channel are done in their order, so that the second
 * is refused; those that take ids from others one after the other too, as they meet at the same listings. Refusals of the whole: `not-found`, `invalid-request` when no row can be read.
 */
export const putListings =
  (ports: ListingPorts) =>
  async (channelId: string, given: readonly unknown[], act: ListingAct): Promise<Result<ListedRows>> => {
    const read = onceEach(given.map((row, index) => readRow(row, index)));
    if (read.every((row) => !row.ok)) return nothingReadable(read);
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const { availability } = ports.connectorOf(channel.type);
    const rows = read.flatMap((row, index) => (row.ok ? [{ index, row: row.value }] : []));
    const meant = ({ row }: Row) => targetOf(availability, row) ?? row.sku;
    const moved = new Set(rows.filter(({ row }) => row.move === true).map(meant));
    const together = [...Map.groupBy(rows, (one) => (moved.has(meant(one)) ? true : meant(one))).values()];
    const done = await atMost(lanes, together, async (lane) => {
      const results: RowResult[] = [];
      for (const { index, row } of lane) results.push(await put(ports, channelId, row, index, act));
      return results;
    });
    const unreadable = read.flatMap((row, index) => (row.ok ? [] : [refused(index, row.refusal)]));
    const results = [...done.flat(), ...unreadable].sort((a, b) => a.row - b.row);
    const listed = results.filter(({ status }) => status === 'listed').length;
    return ok({ listed, refused: results.length - listed, results });
  };

function readRow(given: unknown, index: number): Result<ListingRow> {
  const parsed = listingRow.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  return refuse('invalid-request', 'This row cannot be read; errors names what is wrong.', {
    errors: fieldErrors(parsed, `/listings/${index}`),
  });
}

/** Which of two rows of one SKU is meant, nobody knows: the first is taken. */
function onceEach(rows: readonly Result<ListingRow>[]): Result<ListingRow>[] {
  const first = new Map<string, number>();
  return rows.map((row, index) => {
    if (!row.ok) return row;
    const { sku } = row.value;
    const before = first.get(sku);
    if (before === undefined) first.set(sku, index);
    return before === undefined ? row : repeated(sku, before, index);
  });
}

const repeated = (sku: string, before: number, index: number): Result<never> =>
  refuse('invalid-request', `${sku} is in row ${before} already, which counts. State each SKU once.`, {
    errors: [{ pointer: `/listings/${index}/sku`, detail: `is that of row ${before}` }],
  });

async function put(
  ports: ListingPorts,
  channelId: string,
  { sku, ...input }: ListingRow,
  row: number,
  act: ListingAct,
): Promise<RowResult> {
  const outcome = await putListing(ports)({ channelId, sku }, input, act);
  return outcome.ok ? { row, status: 'listed', listing: outcome.value } : refused(row, outcome.refusal);
}

const refused = (row: number, { code, detail, errors }: Refusal): RowResult => ({
  row,
  status: 'refused',
  code,
  detail,
  ...(errors && { errors: [...errors] }),
});

const nothingReadable = (read: readonly Result<ListingRow>[]) =>
  refuse('invalid-request', 'No row of this call can be read; errors names what is wrong with each.', {
    errors: read.flatMap((row) => (row.ok ? [] : (row.refusal.errors ?? []))).slice(0, 100),
  });
