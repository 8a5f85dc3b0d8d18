import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Decision } from '../../../../shared/model/decide.ts';
import {
  type PublicationPut,
  type PublicationWish,
  type Publisher,
  type PutPorts,
  decidePuts,
  putPublication,
} from './put-publication.ts';

/** SKUs that are written in one transaction, which takes a hundred: a call of 50 is one. */
const groupSize = 50;
/** SKUs where each has a transaction of its own. */
const rowsAtOnce = 8;

/** What became of a row. */
export interface PutRow {
  readonly place: number;
  readonly sku?: string;
  readonly outcome: Result<PublicationPut>;
}

/** A row that could be read. */
export interface PlacedWish extends PublicationWish {
  readonly place: number;
}

/** Puts rows of different SKUs in one transaction; where one of them was changed meanwhile, each in its own, so that it holds up no other. */
export async function putGroup(
  ports: PutPorts,
  publisher: Publisher,
  rows: readonly PlacedWish[],
  now: string,
): Promise<PutRow[]> {
  const decided = await decidePuts(ports, publisher, rows, now);
  const changes = decided.flatMap((one) => (one.ok ? one.value.changes : []));
  const put = putPublication(ports, publisher);
  if (changes.length > 0 && !(await ports.commit(changes)).ok)
    return (await atMost(rowsAtOnce, rows, (row) => inTurn([row], put, now))).flat();
  return rows.map(({ place, sku }, index) => ({ place, sku, outcome: replyOf(decided[index]) }));
}

function replyOf(decided: Result<Decision<PublicationPut>> | undefined): Result<PublicationPut> {
  if (decided === undefined) throw new Error('a row has a decision');
  return decided.ok ? ok(decided.value.reply) : decided;
}

/** Puts rows one after the other. */
export async function inTurn(
  rows: readonly PlacedWish[],
  put: ReturnType<typeof putPublication>,
  now: string,
): Promise<PutRow[]> {
  const outcomes: PutRow[] = [];
  for (const { place, sku, input } of rows) outcomes.push({ place, sku, outcome: await put({ sku, input }, now) });
  return outcomes;
}

/** Rows of different SKUs as they are put together. */
export const groupsOf = (rows: readonly PlacedWish[]): (readonly PlacedWish[])[] =>
  Array.from({ length: Math.ceil(rows.length / groupSize) }, (_, group) =>
    rows.slice(group * groupSize, (group + 1) * groupSize),
  );
