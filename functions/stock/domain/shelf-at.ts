import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Shelf } from '../../../shared/model/stock/shelf.ts';
import { type StockPorts } from '../ports.ts';

/** The shelf of a SKU at a location, with the pool that sells from it. Refusal: `unknown-location`. */
export async function shelfAt(
  ports: Pick<StockPorts, 'location'>,
  locationId: string,
  sku: string,
): Promise<Result<Shelf>> {
  const place = await placeOf(ports, locationId);
  return place.ok ? ok({ ...place.value, sku }) : place;
}

/** A location and its pool, if it has one. Refusal: `unknown-location`, at `pointer` of the body. */
export async function placeOf(
  ports: Pick<StockPorts, 'location'>,
  locationId: string,
  pointer = '/location',
): Promise<Result<Omit<Shelf, 'sku'>>> {
  const found = await ports.location(locationId);
  if (found === undefined) {
    return refuse(
      'unknown-location',
      `There is no location ${locationId}. Create it with PUT /v1/locations/{locationId}.`,
      {
        errors: [{ pointer, detail: 'is no location' }],
      },
    );
  }
  return ok({ location: locationId, ...(found.pool !== undefined && { pool: found.pool }) });
}
