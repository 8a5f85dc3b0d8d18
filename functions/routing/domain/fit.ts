import { type Wanted } from './coverable.ts';
import { type Parcel } from './plan.ts';

/** Actions of one transaction, by DynamoDB's limit: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const maximumActions = 100;

/** SKUs of one fulfillment order: so many that its location can give all of it back in one transaction too. */
export const maximumSkus = 48;

/** What of a plan goes into the next transaction, and whether something is left for another. */
export interface Fit {
  readonly parcels: readonly Parcel[];
  readonly complete: boolean;
}

/**
 * As many parcels as one transaction takes: an action for the order, each fulfillment order, each SKU's pool and each shelf. A parcel of
 * more SKUs than a fulfillment order may have becomes several.
 */
export function fitting(parcels: readonly Parcel[], limits = { actions: maximumActions, skus: maximumSkus }): Fit {
  const parts = parcels.flatMap((parcel) => inParts(parcel, limits.skus));
  const taken: Parcel[] = [];
  for (const part of parts) {
    if (actionsOf([...taken, part]) > limits.actions) break;
    taken.push(part);
  }
  return { parcels: taken, complete: taken.length === parts.length };
}

function inParts(parcel: Parcel, maximum: number): Parcel[] {
  const skus = [...new Set(parcel.lines.map(({ sku }) => sku))];
  const parts = Array.from({ length: Math.ceil(skus.length / maximum) }, (): Wanted[] => []);
  for (const line of parcel.lines) parts[Math.floor(skus.indexOf(line.sku) / maximum)]?.push(line);
  return parts.map((lines) => ({ ...parcel, lines }));
}

/** How many actions a transaction takes that allocates these parcels of one order. */
export function actionsOf(parcels: readonly Parcel[]): number {
  const pools = new Set(parcels.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  const shelves = new Set(
    parcels.flatMap(({ location, lines }) => lines.map(({ sku }) => JSON.stringify([location, sku]))),
  );
  return 1 + parcels.length + pools.size + shelves.size;
}
