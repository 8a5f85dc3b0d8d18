/**
 * Where a line's units are. Each unit is in exactly one of these states, so that their sum is always what was ordered; statuses are
 * derived from them and never set by hand.
 */
export const unitStates = [
  'backordered',
  'reserved',
  'allocated',
  'picked',
  'shipped',
  'delivered',
  'returned',
  'cancelled',
] as const;
/** A state that a unit of a line may be in. */
export type UnitState = (typeof unitStates)[number];
/** Units of a line by state. */
export type Units = Readonly<Record<UnitState, number>>;

/** The ways a unit may go: from each state to each other that is allowed. The graph is walked by a test. */
export const unitMoves: Readonly<Record<UnitState, readonly UnitState[]>> = {
  backordered: ['reserved', 'cancelled'],
  reserved: ['allocated', 'backordered', 'cancelled'],
  allocated: ['picked', 'shipped', 'reserved', 'cancelled'],
  picked: ['shipped', 'reserved', 'cancelled'],
  shipped: ['delivered', 'returned'],
  delivered: ['returned'],
  returned: [],
  cancelled: [],
};

/** No units anywhere. */
export const noUnits: Units = Object.freeze(
  Object.fromEntries(unitStates.map((state) => [state, 0])) as Record<UnitState, number>,
);

/** All units in one state. */
export const unitsIn = (state: UnitState, quantity: number): Units => ({ ...noUnits, [state]: quantity });

/** How many units there are in all: what was ordered. */
export const totalUnits = (units: Units): number => unitStates.reduce((sum, state) => sum + units[state], 0);

/**
 * Moves units from one state to another.
 * @throws Error when the move is not in the graph or there are not that many: the caller has checked, so this is a broken assumption
 */
export function moveUnits(units: Units, from: UnitState, to: UnitState, quantity: number): Units {
  if (!unitMoves[from].includes(to)) throw new Error(`units never go from ${from} to ${to}`);
  if (!Number.isSafeInteger(quantity) || quantity < 0 || units[from] < quantity) {
    throw new Error(`${quantity} of ${units[from]} ${from} units cannot move to ${to}`);
  }
  return { ...units, [from]: units[from] - quantity, [to]: units[to] + quantity };
}
