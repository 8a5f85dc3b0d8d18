import { supplyChanged } from '../../../../shared/contracts/supply/events.ts';
import { type Change, create, replace } from '../../../../shared/model/changes.ts';
import { type Demand } from '../../../../shared/model/stock/demand.ts';
import { type Supply } from '../../../../shared/model/stock/supply.ts';
import { type Transfer } from '../../../../shared/model/stock/transfer.ts';
import { type StockPorts } from '../../ports.ts';

/** Who does something, and when. */
interface Act {
  readonly now: string;
  readonly actor: string;
}

/** What goods on the road are to their destination: supply, one item for each SKU. Without an eta nobody could promise from it: none. */
export function announced(transfer: Transfer, pool: string | undefined, act: Act): Change[] {
  const { transferId, to, lines, eta } = transfer;
  if (eta === undefined) return [];
  return lines.map(({ sku, quantity }) =>
    create(
      'supply',
      told(
        {
          sku,
          location: to,
          ...(pool !== undefined && { pool }),
          reference: transferId,
          kind: 'transfer',
          quantity,
          received: 0,
          eta,
          confidence: 'shipped',
          state: 'OPEN',
        },
        1,
        act,
      ),
    ),
  );
}

/** The supply of a transfer after units of it have arrived. */
export const arrived = (
  ports: Pick<StockPorts, 'supply'>,
  transfer: Transfer,
  arrivals: readonly Demand[],
  act: Act,
): Promise<Change[]> =>
  changed(ports, transfer, arrivals, act, (supply, quantity) => {
    const received = supply.received + quantity;
    return { received, state: received >= supply.quantity ? 'RECEIVED' : 'OPEN' };
  });

/** The supply of a transfer of which these units never come. */
export const calledOff = (
  ports: Pick<StockPorts, 'supply'>,
  transfer: Transfer,
  missing: readonly Demand[],
  act: Act,
): Promise<Change[]> => changed(ports, transfer, missing, act, () => ({ state: 'CANCELLED' }));

async function changed(
  ports: Pick<StockPorts, 'supply'>,
  { transferId: reference, to: location, eta }: Transfer,
  units: readonly Demand[],
  act: Act,
  change: (supply: Supply, quantity: number) => Partial<Supply>,
): Promise<Change[]> {
  if (eta === undefined) return [];
  return Promise.all(
    units.map(async ({ sku, quantity }) => {
      const supply = await ports.supply({ sku, location, reference });
      if (supply === undefined) throw new Error(`transfer ${reference} has no supply of ${sku}`);
      return replace(
        'supply',
        told({ ...supply, ...change(supply, quantity) }, supply.version + 1, act),
        supply.version,
      );
    }),
  );
}

/** A supply as a write leaves it, with the event that says so. */
function told(supply: Omit<Supply, 'version' | 'updatedAt' | 'events'>, version: number, act: Act): Supply {
  const { sku, location, pool, reference } = supply;
  const data = { sku, location, ...(pool !== undefined && { pool }), reference };
  const event = supplyChanged.of(`${sku}@${location}#${reference}`, version, act, data);
  return { ...supply, version, updatedAt: act.now, events: [event] };
}
