import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type HeldLine, type StockHold, splitLine } from '../../../shared/model/stock/hold.ts';
import { giveBackLines, takeLines } from '../../../shared/model/stock/holding.ts';
import { inOneWrite } from '../../../shared/model/stock/in-one-write.ts';
import { type HoldsPorts } from '../ports.ts';
import { type HoldCall, type HoldChange, changeLiveHold, mustBeLive, unknownHold } from './change-live-hold.ts';
import { fitsOneWrite, limitsOf, withinUnits } from './hold-limits.ts';
import { channelOf, checkPlaces } from './hold-places.ts';
import { type Taking, keyOf, takingFor } from './taking.ts';

/** The lines that a hold is to have, and who says so. */
export type ChangeLinesCall = HoldCall & { readonly lines: readonly HeldLine[] };

/**
 * Holds other lines instead: what grows is taken, what shrinks or is gone is given back, in one transaction. Its time stays.
 * Refusals: `not-found`, `hold-over`, and those of placing a hold; then the hold stays as it was.
 */
export const changeHold =
  (ports: HoldsPorts) =>
  async (call: ChangeLinesCall): Promise<Result<HoldResource>> => {
    const found = await ports.hold(call.holdId);
    if (found === undefined) return unknownHold(call.holdId);
    const owner = await channelOf(ports, found.channelId);
    if (!owner.ok) return owner;
    const channel = owner.value;
    const units = withinUnits(limitsOf(channel), call.lines);
    if (!units.ok) return units;
    const places = await checkPlaces(ports, channel, call.lines);
    if (!places.ok) return places;
    const taking = takingFor(ports, channel, call.lines);
    const decide = async (hold: StockHold): Promise<Result<HoldChange>> => {
      const live = mustBeLive(hold, call.now);
      if (!live.ok) return live;
      const wanted = await taking.expand();
      const more = await taking.fence(beyond(wanted, hold.lines));
      return exchange(hold, { less: beyond(hold.lines, wanted), more }, channel, taking, call);
    };
    return taking.explain(await changeLiveHold(ports, call, decide, taking.heed));
  };

function exchange(
  hold: StockHold,
  { less, more }: { readonly less: readonly HeldLine[]; readonly more: readonly HeldLine[] },
  { holds }: Channel,
  { floor }: Taking,
  { now, actor }: HoldCall,
): Result<HoldChange> {
  if (less.length + more.length === 0) return ok({});
  const cause = { operation: 'hold', reference: hold.holdId, actor, at: now };
  const given = giveBackLines(hold, less, cause);
  const stock = inOneWrite([...given, ...takeLines(hold, more, floor, holds?.maximumHeld, cause)]);
  // What the whole hold lies on must fit one transaction too: that of its end.
  const fits = fitsOneWrite(takeLines(hold, [...hold.lines, ...more], floor, undefined, cause));
  return fits.ok ? ok({ next: { lines: exchanged(hold.lines, less, more) }, stock }) : fits;
}

/** Units of some lines that other lines do not have. Of a ring-fence, the last to go. */
function beyond(lines: readonly HeldLine[], others: readonly HeldLine[]): HeldLine[] {
  const had = new Map(others.map((line) => [keyOf(line), line.quantity]));
  return lines
    .map((line) => splitLine(line, Math.min(line.quantity, had.get(keyOf(line)) ?? 0)).rest)
    .filter(({ quantity }) => quantity > 0);
}

/** Lines without some units and with others. */
function exchanged(
  lines: readonly HeldLine[],
  less: readonly HeldLine[],
  more: readonly HeldLine[],
): readonly HeldLine[] {
  const gone = new Map(less.map((line) => [keyOf(line), line.quantity]));
  const kept = lines
    .map((line) => splitLine(line, line.quantity - (gone.get(keyOf(line)) ?? 0)).first)
    .filter(({ quantity }) => quantity > 0);
  return joined([...kept, ...more]);
}

/** One line per SKU and location, with its units and those of the ring-fence summed. */
function joined(lines: readonly HeldLine[]): HeldLine[] {
  const sums = new Map<string, HeldLine>();
  for (const line of lines) {
    const { fenced = 0, ...plain } = line;
    const before = sums.get(keyOf(line));
    const [quantity, own] = [plain.quantity + (before?.quantity ?? 0), fenced + (before?.fenced ?? 0)];
    sums.set(keyOf(line), { ...plain, quantity, ...(own > 0 && { fenced: own }) });
  }
  return [...sums.values()];
}
