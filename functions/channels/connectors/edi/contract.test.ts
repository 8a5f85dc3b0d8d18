import { connectorContract } from '../../testing/connector-contract.ts';
import { signed } from '../webhook/signature.ts';
import { edi } from './connector.ts';
import { northmart } from './fixtures/channel.ts';
import { interchangeOf, purchaseOrder, replaced, set, warehouseOrder } from './fixtures/sets.ts';

const bodyOf = (type: string, segments: readonly string[]) => Buffer.from(interchangeOf([set(type, segments)]));

connectorContract({
  connector: edi,
  channel: northmart(),
  cases: [
    { name: 'an 850', topic: 'x12/850', body: bodyOf('850', purchaseOrder), kind: 'order' },
    {
      name: 'an 850 that cancels',
      topic: 'x12/850',
      body: bodyOf('850', replaced(purchaseOrder, 'BEG', 'BEG*01*SA*NM-700118**20261119')),
      kind: 'change',
    },
    { name: 'a 940', topic: 'x12/940', body: bodyOf('940', warehouseOrder), kind: 'order' },
    { name: 'a 997', topic: 'x12/997', body: bodyOf('997', ['AK1*PR*1', 'AK9*A*1*1*1']), kind: 'ignored' },
  ],
  sign: (body, { secret, at }) => ({ headers: signed(secret, 'msg_1', at, body.toString()) }),
  expiresAfterSeconds: 300,
});
