import { type MovementLine } from '../../../../shared/contracts/stock/movement-apis.ts';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Decision, type OnceKey, decideAndCommit, replay } from '../../../../shared/model/decide.ts';
import { type ClosedShelves, closedShelves } from '../../../../shared/model/stock/closed-shelves.ts';
import { type Cause, type Position } from '../../../../shared/model/stock/counters.ts';
import { setOnHand } from '../../../../shared/model/stock/shelf.ts';
import { type StockPorts } from '../../ports.ts';
import { shelfAt } from '../shelf-at.ts';
import { changesOf } from './changes-of.ts';
import { pointed } from './pointed.ts';

/** What moving stock needs of the world. */
export type MovementPorts = Pick<StockPorts, 'location' | 'position' | 'getOnce' | 'commit'>;

/** Who tells movements, and when. */
export interface Teller {
  /** The caller's own id: references are once-only for each caller. */
  readonly caller: string;
  readonly actor: string;
  readonly now: string;
  /** Whether this caller may act at a location. */
  readonly permit: (location: string) => Result<true>;
}

/** What is kept of a movement under its reference, for good measure of the repeats. */
interface Done {
  /** The telling that did it: a line of a call. That line may be tried again after a crash, and is the same telling. */
  readonly telling: string;
  readonly at: string;
}

/** What came of a movement, with the shelf as it was read right after. */
export interface Moved {
  readonly status: 'applied' | 'repeated';
  readonly doneAt: string;
  readonly after: Position;
}

/**
 * One movement in one transaction with its reference, which makes it once-only: the same line again is `repeated`. Refusals name their
 * fields relative to the line: `unknown-location`, `unknown-sku`, `insufficient-stock`, `quantity-stale`, `limit-exceeded`,
 * `reference-reused`, `forbidden`, `too-busy`.
 * @param telling what tells this line of this call from all others
 */
export const moveLine =
  (ports: MovementPorts) =>
  async (line: MovementLine, teller: Teller, telling: string): Promise<Result<Moved>> => {
    const allowed = teller.permit(line.location);
    if (!allowed.ok) return pointed(allowed, line);
    const once = referenceOf(line, teller);
    const mine: Done = { telling, at: teller.now };
    const closed = closedShelves();
    const decision = () => decide(ports, line, teller, { mine, closed });
    const outcome = await decideAndCommit<Done>(ports.commit, decision, once, closed.heed);
    const done = outcome.ok ? outcome : await doneBefore(ports, line, once, outcome);
    if (!done.ok) return pointed(done, line);
    const after = await ports.position(line.sku, line.location);
    if (after === undefined) throw new Error(`${line.sku} was moved at ${line.location} and has no position there`);
    const { telling: first, at: doneAt } = done.value;
    return ok({ status: first === telling ? 'applied' : 'repeated', doneAt, after });
  };

/** A reference is once-only for its caller and operation; its fingerprint is the whole line. */
const referenceOf = (line: MovementLine, { caller }: Teller): OnceKey => ({
  key: `movement#${caller}#${line.operation}#${line.reference}`,
  requestHash: fingerprintOf(line),
});

/** Equal for equal lines. */
export const fingerprintOf = (line: MovementLine): string => sha256Hex(canonicalJson(line));

/** A refusal of a line that was done before says nothing: then what was done stands, or its reference was another line's. */
async function doneBefore(
  ports: MovementPorts,
  line: MovementLine,
  once: OnceKey,
  refusal: Result<Done>,
): Promise<Result<Done>> {
  const first = await ports.getOnce(once.key);
  if (first === undefined) return refusal;
  const again = replay<Done>(first, once);
  return again.ok ? again : reused(line, 'by an earlier call');
}

/** The refusal for a reference under which something else was told. */
export const reused = ({ operation, reference }: MovementLine, where: string) =>
  refuse(
    'reference-reused',
    `The reference ${reference} was used for another ${operation} ${where}. Give each line a reference of its own.`,
  );

async function decide(
  ports: MovementPorts,
  line: MovementLine,
  { actor, now }: Teller,
  { mine, closed }: { readonly mine: Done; readonly closed: ClosedShelves },
): Promise<Result<Decision<Done>>> {
  const shelf = await shelfAt(ports, line.location, line.sku);
  if (!shelf.ok) return shelf;
  const { operation, reference, reason, occurredAt } = line;
  const cause: Cause = {
    operation,
    reference,
    actor,
    at: now,
    ...(occurredAt !== undefined && { occurredAt }),
    ...(reason !== undefined && { reason }),
  };
  if (line.operation !== 'set') return ok({ changes: changesOf(line, closed.known(shelf.value), cause), reply: mine });
  const present = await ports.position(line.sku, line.location);
  const onHand = present?.onHand ?? 0;
  if (line.changeFrom !== null && line.changeFrom !== onHand) return stale(line, onHand, present?.version ?? 0);
  return ok({ changes: setOnHand(shelf.value, onHand, line.onHand, cause), reply: mine });
}

const stale = (
  { sku, location, changeFrom, onHand: wanted }: Extract<MovementLine, { operation: 'set' }>,
  onHand: number,
  version: number,
) =>
  refuse(
    'quantity-stale',
    `${sku} at ${location} has ${onHand} on hand, not ${changeFrom}. If ${wanted} is right all the same, send changeFrom ${onHand}.`,
    { facts: { onHand, version } },
  );
