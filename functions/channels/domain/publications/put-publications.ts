import type * as z from 'zod';
import { fieldErrors } from '../../../../shared/contracts/field-errors.ts';
import {
  type PublicationRow,
  publicationRow,
  type putPublications as contract,
} from '../../../../shared/contracts/network/publication-apis.ts';
import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type PutRow, groupsOf, inTurn, putGroup } from './put-group.ts';
import { type PutPorts, publisherOf, putPublication } from './put-publication.ts';
import { type PublicationView, viewOf } from './view.ts';

type Rows = z.infer<(typeof contract)['response']>;
type RowResult = Rows['results'][number];

/** What putting publications and having their channel told needs. */
export type TellPorts = PutPorts & Pick<ChannelsPorts, 'wake'>;

/** Groups that are worked on at once, and SKUs that are named again. */
const groupsAtOnce = 4;
const rowsAtOnce = 8;

/** Says what one SKU is to be on a channel, and has the channel told. Refusals: those of `publisherOf` and `putPublication`. */
export const putOne =
  (ports: TellPorts) =>
  async (channelId: string, { sku, ...input }: PublicationRow, now: string): Promise<Result<PublicationView>> => {
    const publisher = await publisherOf(ports, channelId);
    if (!publisher.ok) return publisher;
    const put = await putPublication(ports, publisher.value)({ sku, input }, now);
    if (!put.ok) return put;
    // Also where nothing was changed: a call before may have come no further than its commit.
    if (put.value.publication.dueAt !== undefined) await ports.wake(channelId, 'listings', put.value.publication.dueAt);
    return ok(viewOf(put.value.publication));
  };

/** A row as it was read, in its place. */
export interface ReadRow {
  readonly place: number;
  /** Known as well where the rest of the row cannot be read. */
  readonly sku?: string;
  readonly row: Result<PublicationRow>;
}

/** The SKU of a row of which nothing else is certain. */
export const skuIn = (given: unknown): { readonly sku?: string } =>
  typeof given === 'object' && given !== null && 'sku' in given && typeof given.sku === 'string' && given.sku !== ''
    ? { sku: given.sku }
    : {};

/** Puts many rows and has the channel told once. Rows of one SKU are done in their order. Refusals of the whole: those of `publisherOf`. */
export async function putRows(
  ports: TellPorts,
  channelId: string,
  rows: readonly ReadRow[],
  now: string,
): Promise<Result<PutRow[]>> {
  const publisher = await publisherOf(ports, channelId);
  if (!publisher.ok) return publisher;
  const readable = rows.flatMap(({ place, row }) => {
    if (!row.ok) return [];
    const { sku, ...input } = row.value;
    return [{ place, sku, input }];
  });
  const bySku = [...Map.groupBy(readable, ({ sku }) => sku).values()];
  const firsts = bySku.flatMap((own) => own.slice(0, 1));
  const put = await atMost(groupsAtOnce, groupsOf(firsts), (some) => putGroup(ports, publisher.value, some, now));
  const later = await atMost(rowsAtOnce, bySku, (own) =>
    inTurn(own.slice(1), putPublication(ports, publisher.value), now),
  );
  const done = [...put, ...later];
  const unreadable = rows.flatMap(({ place, sku, row }): PutRow[] =>
    row.ok ? [] : [{ place, ...(sku !== undefined && { sku }), outcome: row }],
  );
  const dues = done.flat().flatMap(({ outcome }) => (outcome.ok ? (outcome.value.publication.dueAt ?? []) : []));
  const [first] = dues.sort();
  if (first !== undefined) await ports.wake(channelId, 'listings', first);
  return ok([...done.flat(), ...unreadable].sort((a, b) => a.place - b.place));
}

/** Says what many SKUs are to be on a channel. Refusals of the whole: those of `publisherOf`; `invalid-request` when no row can be read. */
export const putPublications =
  (ports: TellPorts) =>
  async (channelId: string, given: readonly unknown[], now: string): Promise<Result<Rows>> => {
    const read = given.map((row, place) => ({ place, ...skuIn(row), row: readRow(row, `/publications/${place}`) }));
    if (read.every(({ row }) => !row.ok)) return nothingReadable(read);
    const put = await putRows(ports, channelId, read, now);
    if (!put.ok) return put;
    const results = put.value.map(resultOf);
    const kept = results.filter(({ status }) => status === 'kept').length;
    return ok({ kept, refused: results.length - kept, results });
  };

/** One row, checked. Refusal: `invalid-request` that names what is wrong. */
export function readRow(given: unknown, pointer: string): Result<PublicationRow> {
  const parsed = publicationRow.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const errors = fieldErrors(parsed, pointer);
  const detail = errors.map((error) => `${error.pointer.slice(pointer.length) || 'it'} ${error.detail}`).join('; ');
  return refuse('invalid-request', `This row cannot be read: ${detail}.`, { errors });
}

const resultOf = ({ place: row, sku, outcome }: PutRow): RowResult =>
  outcome.ok
    ? { row, status: 'kept', sku: outcome.value.publication.sku, state: outcome.value.publication.state }
    : { row, status: 'refused', ...(sku !== undefined && { sku }), ...reasonOf(outcome.refusal) };

const reasonOf = ({ code, detail }: Refusal) => ({ code, detail });

const nothingReadable = (read: readonly ReadRow[]) =>
  refuse('invalid-request', 'No row of this call can be read; errors names what is wrong with each.', {
    errors: read.flatMap(({ row }) => (row.ok ? [] : (row.refusal.errors ?? []))).slice(0, 100),
  });
