import { type Result, refuse } from '../../../shared/kernel/result.ts';
import { type SupplyPorts } from '../ports.ts';

/** The refusal of a reference that is no purchase order's; a transfer's says where transfers are received. */
export async function noPurchase(ports: Pick<SupplyPorts, 'transferLines'>, reference: string): Promise<Result<never>> {
  const [line] = await ports.transferLines(reference);
  if (line === undefined)
    return refuse(
      'not-found',
      `Nothing was announced under ${reference}. Announce it with PUT /v1/supply/${reference}.`,
    );
  return refuse(
    'state-conflict',
    `${reference} is a transfer to ${line.location}. Receive or close it under /v1/transfers/${reference}.`,
    { facts: { kind: line.kind, location: line.location } },
  );
}

/** The refusal of a location that is none. */
export const unknownLocation = (id: string): Result<never> =>
  refuse('unknown-location', `There is no location ${id}. Create it with PUT /v1/locations/${id}.`, {
    errors: [{ pointer: '/location', detail: 'is no location' }],
  });
