import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Entities } from '../../../shared/model/entities.ts';
import { batchGet } from '../../../shared/platform/dynamo/batch-get.ts';
import { listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { entityFrom } from '../../../shared/platform/dynamo/read.ts';
import { type Page, type PageRequest } from '../ports.ts';

/**
 * A page of a listing of open things: the index names them in order, and the table itself is read for what they are now. The index
 * follows the table by moments, so what was closed meanwhile is left out.
 */
export async function openOnes<E extends 'stockCount' | 'transfer' | 'stockException'>(
  listing: string,
  page: PageRequest,
  isOpen: (item: Entities[E]) => boolean,
): Promise<Result<Page<Entities[E]>>> {
  const listed = await listingPage('stock', listing, page);
  if (!listed.ok) return listed;
  const { items, cursor } = listed.value;
  const keys = items.flatMap(({ pk, sk }) =>
    pk?.S !== undefined && sk?.S !== undefined ? [{ pk: pk.S, sk: sk.S }] : [],
  );
  const found = new Map((await batchGet('stock', keys)).map((item) => [item['pk']?.S, entityFrom<E>(item)]));
  const open = keys.flatMap(({ pk }) => found.get(pk) ?? []).filter(isOpen);
  return ok({ items: open, ...(cursor !== undefined && { cursor }) });
}
