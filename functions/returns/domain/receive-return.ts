import { returnReceived } from '../../../shared/contracts/returns/events.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type SkuUnits, askedLines } from '../../../shared/model/orders/asked-lines.ts';
import { type LineUnits } from '../../../shared/model/orders/order.ts';
import { type Return, returnTransitions } from '../../../shared/model/returns/return.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type ReturnCall, about, decided, knownLocation, noReturn, plain, written } from './call.ts';
import { type View } from './view.ts';

/** What came, and where, if not where it was expected. */
export interface ReceiveInput {
  readonly location?: string | undefined;
  readonly lines?: readonly LineUnits[] | undefined;
}

/**
 * Counts the goods in, at the location that was expected or any other. Without lines all that was expected came; with lines, what is not
 * among them did not. No refund and no stock follows from it: that is inspection's. Refusals: `not-found`, `forbidden`, `state-conflict`,
 * `unknown-location`, `invalid-request` (no such line, nothing came), `quantity-exceeded`.
 */
export const receiveReturn =
  (ports: ReturnsPorts) =>
  (call: ReturnCall, input: ReceiveInput = {}): Promise<Result<View>> =>
    decideAndCommit(
      ports.commit,
      async () => {
        const before = await ports.return(call.returnId);
        if (before === undefined) return noReturn(call.returnId);
        const place = await placeOf(ports, before, input, call);
        return place.ok ? received(before, place.value, input, call) : place;
      },
      call.once,
    );

async function placeOf(
  ports: ReturnsPorts,
  { channelId, location }: Return,
  input: ReceiveInput,
  call: ReturnCall,
): Promise<Result<string>> {
  const place = input.location ?? location;
  const permitted = call.permit({ channelId, location: place });
  if (!permitted.ok) return permitted;
  if (place === location) return ok(place);
  const known = await knownLocation(ports, place);
  return known.ok ? ok(place) : known;
}

function received(before: Return, location: string, input: ReceiveInput, call: ReturnCall): Result<Decision<View>> {
  const state = next(returnTransitions, 'return', before.state, 'receive');
  if (!state.ok) return state;
  const counted = countedIn(before, input);
  if (!counted.ok) return counted;
  const lines = before.lines.map((line) => ({
    ...line,
    receivedQuantity: counted.value.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0,
  }));
  const after = written(before, { state: state.value, location, lines }, call, (version) => [
    returnReceived.of(before.returnId, version, call, { ...about(before), location, lines: plain(counted.value) }),
  ]);
  return decided(before, after);
}

function countedIn(before: Return, input: ReceiveInput): Result<readonly SkuUnits[]> {
  const counted = input.lines === undefined ? ok(before.lines) : askedLines(input.lines, before.lines, 'return');
  if (!counted.ok || counted.value.length > 0) return counted;
  return refuse('invalid-request', 'Nothing came. Count at least one unit in, or cancel the return.', {
    errors: [{ pointer: '/lines', detail: 'must count at least one unit' }],
  });
}
