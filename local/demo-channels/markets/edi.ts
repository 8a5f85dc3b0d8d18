import { randomUUID } from 'node:crypto';
import {
  interchangeOf,
  purchaseOrder,
  replaced,
  set,
} from '../../../functions/channels/connectors/edi/fixtures/sets.ts';
import { type TakenSet, startEdiPartner } from '../../../tests/sandboxes/edi.ts';
import { type OpenMarket, goods } from '../market.ts';
import { bookOf } from './json-book.ts';
import { signingOf } from './standard-webhooks.ts';

const channelId = 'demo-edi';

/** A retail chain that trades by X12: 850 in, cancelled by another; 855 and 997 go back. */
export const openEdi: OpenMarket = async (crossdock) => {
  const { url } = crossdock;
  const secret = signingOf(crossdock, channelId);
  const partner = await startEdiPartner({ secret });
  let control = Date.now();
  const send = async (segments: readonly string[]): Promise<void> => {
    const number = String((control += 1)).slice(-9);
    const iso = new Date().toISOString().replaceAll(/[-:T]/g, '');
    const written = { day: iso.slice(0, 8), time: iso.slice(8, 12) };
    const interchange = interchangeOf([set('850', segments)], { interchange: number, group: number, written });
    const { status } = await partner.send(`${url}/webhooks/${channelId}`, interchange, randomUUID());
    if (status !== 202) throw new Error(`the partner's interchange was answered ${status}`);
  };
  return {
    channel: {
      channelId,
      type: 'edi',
      settings: { partnerId: 'ZZ:NORTHMART', ourId: 'ZZ:OURCOMPANY', outboundUrl: partner.url },
      credentials: { signing: secret },
    },
    url: partner.url,
    book: bookOf<{ readonly taken: readonly TakenSet[] }>({
      has: ['taken'],
      read: (id) => ({ taken: partner.taken.filter(({ segments }) => segments.some((one) => one.includes(id))) }),
      put: (_id, { taken }) => partner.taken.push(...taken),
    }),
    place: async (number) => {
      await send(ordered(replaced(purchaseOrder, 'BEG', `BEG*00*SA*NM-${number}**20261119`)));
      return `NM-${number}`;
    },
    cancel: (id) => send([`BEG*01*SA*${id}**20261119`]),
    stop: partner.stop,
  };
};

/** The two lines of the order, with our SKUs. */
const ordered = (segments: readonly string[]): string[] =>
  replaced(
    replaced(segments, 'PO1*1', `PO1*1*10*EA*4.25*PE*VN*${goods.mug}`),
    'PO1*2',
    `PO1*2*3*EA*19.9**VN*${goods.lamp}`,
  );
