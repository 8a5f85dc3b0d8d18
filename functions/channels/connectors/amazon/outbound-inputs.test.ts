import { describe, expect, it } from 'vitest';
import { inputsPresent } from '../../fixtures/inputs.ts';
import { faultsOf } from '../../testing/judge-request.ts';
import { parcel } from './fixtures/outbound.ts';
import { confirmationOf } from './tell/shipped.ts';

describe.skipIf(!inputsPresent)("what Amazon is told, by Amazon's samples (skipped where they are not)", () => {
  it.each(['FedEx', 'Bike & Co'])('a parcel with %s is as the sample of confirmShipment', (carrier) => {
    const body = confirmationOf({ ...parcel, facts: { ...parcel.facts, carrier } }, 'ATVPDKIKX0DER');
    const call = (sent: object) => ({
      ...{ operation: 'confirmShipment', method: 'POST' as const, body: JSON.stringify(sent) },
      url: 'https://channel.example/orders/v0/orders/1/shipmentConfirmation',
    });
    expect(faultsOf('amazon', call(body))).toEqual([]);
    expect(faultsOf('amazon', call({ ...body, carrier }))).not.toEqual([]);
  });
});
