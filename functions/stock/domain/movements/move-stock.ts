import type * as z from 'zod';
import { type MovementLine, type movementResult } from '../../../../shared/contracts/stock/movement-apis.ts';
import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit, replay } from '../../../../shared/model/decide.ts';
import { type Position } from '../../../../shared/model/stock/counters.ts';
import { type Moved, type MovementPorts, type Teller, moveLine } from './move-line.ts';
import { readLines } from './read-lines.ts';

type LineResult = z.infer<typeof movementResult>;

/** What became of a call, line by line. */
export interface Movements {
  readonly applied: number;
  readonly repeated: number;
  readonly refused: number;
  readonly results: LineResult[];
}

/** A readable line and its place in the call. */
interface Placed {
  readonly index: number;
  readonly line: MovementLine;
}

/** SKUs that are worked on at once. */
const lanes = 16;

/**
 * Many movements, each a transaction of its own. Lines of one SKU are done in their order, one after the other: they meet at the SKU's
 * pool; different SKUs go side by side. The call is once-only by its key: what a crash left undone is done by its repeat, and once all
 * is done, a repeat gets the first answer. Refusals of the whole: `invalid-request` when no line can be read, `idempotency-key-reused`.
 */
export const moveStock =
  (ports: MovementPorts) =>
  async (given: readonly unknown[], teller: Teller, once: OnceKey): Promise<Result<Movements>> => {
    const read = readLines(given, teller.now);
    if (read.every((line) => !line.ok)) return nothingReadable(read);
    const begun = await recorded(ports, { ...once, key: `${once.key}#begun` }, null);
    if (!begun.ok) return begun;
    const first = await ports.getOnce(once.key);
    const moved = first
      ? replay<LineResult[]>(first, once)
      : await recorded(ports, once, await moveLines(ports, placed(read), teller, once.key));
    return moved.ok ? ok(tallied(read, moved.value)) : moved;
  };

/** Keeps a record under a key, in a write of its own; a repeat gets what was kept first. Refusal: `idempotency-key-reused`. */
const recorded = <T>(ports: MovementPorts, once: OnceKey, reply: T): Promise<Result<T>> =>
  decideAndCommit<T>(ports.commit, () => Promise.resolve(ok({ changes: [], reply })), once);

const placed = (read: readonly Result<MovementLine>[]): Placed[] =>
  read.flatMap((line, index) => (line.ok ? [{ index, line: line.value }] : []));

async function moveLines(
  ports: MovementPorts,
  lines: readonly Placed[],
  teller: Teller,
  call: string,
): Promise<LineResult[]> {
  const move = moveLine(withLocationsOnce(ports));
  const bySku = [...Map.groupBy(lines, ({ line }) => line.sku).values()];
  const done = await atMost(lanes, bySku, async (lane) => {
    const results: LineResult[] = [];
    for (const { index, line } of lane) results.push(resultOf(index, await move(line, teller, `${call}#${index}`)));
    return results;
  });
  return done.flat();
}

/** Reads each location of a call once. */
function withLocationsOnce(ports: MovementPorts): MovementPorts {
  const read = new Map<string, ReturnType<MovementPorts['location']>>();
  const location: MovementPorts['location'] = (locationId) => {
    const known = read.get(locationId) ?? ports.location(locationId);
    read.set(locationId, known);
    return known;
  };
  return { ...ports, location };
}

/** The result of a line; its fields are pointed at from the body's beginning. */
function resultOf(line: number, outcome: Result<Moved>): LineResult {
  if (!outcome.ok) {
    const { code, detail, errors = [] } = outcome.refusal;
    const placedErrors = errors.map((error) => ({ ...error, pointer: `/lines/${line}${error.pointer}` }));
    return { line, status: 'refused', code, detail, errors: placedErrors };
  }
  const { status, doneAt, after } = outcome.value;
  const detail = status === 'repeated' ? { detail: `Done before, at ${doneAt}; nothing was changed now.` } : {};
  return { line, status, after: countsOf(after), ...detail };
}

/** The counters of a position. */
export const countsOf = ({
  onHand,
  allocated,
  held,
  damaged,
  qualityControl,
  safety,
  atf,
  version,
}: Position): NonNullable<LineResult['after']> => ({
  onHand,
  allocated,
  held,
  damaged,
  qualityControl,
  safety,
  atf,
  version,
});

/** All results in the order of the lines. Those of unreadable lines follow from the call itself, so they are not kept with its record. */
function tallied(read: readonly Result<MovementLine>[], moved: readonly LineResult[]): Movements {
  const unreadable = read.flatMap((line, index): LineResult[] => {
    if (line.ok) return [];
    const { code, detail, errors = [] } = line.refusal;
    return [{ line: index, status: 'refused', code, detail, errors: [...errors] }];
  });
  const results = [...moved, ...unreadable].sort((a, b) => a.line - b.line);
  const tally = (status: LineResult['status']) => results.filter((one) => one.status === status).length;
  return { applied: tally('applied'), repeated: tally('repeated'), refused: tally('refused'), results };
}

function nothingReadable(read: readonly Result<MovementLine>[]) {
  const errors = read.flatMap((line) => (line.ok ? [] : (line.refusal.errors ?? []))).slice(0, 100);
  return refuse('invalid-request', 'No line of this call can be read; errors names what is wrong with each.', {
    errors,
  });
}
