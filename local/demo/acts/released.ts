import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { readFulfillmentOrder } from '../../../shared/contracts/fulfillment/apis.ts';
import { type Scene } from '../scene.ts';

/** Waits until the process has told the location of its work; only then can it answer. */
export const released = ({ api, teller }: Scene, fulfillmentOrderId: string): Promise<true> =>
  teller.until('the location was told of its work', async () => {
    const { state } = mustSucceed(await api(readFulfillmentOrder, { params: { fulfillmentOrderId } }));
    return state === 'RELEASED' ? true : undefined;
  });
