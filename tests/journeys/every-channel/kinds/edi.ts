import {
  interchangeOf,
  purchaseOrder,
  replaced,
  set,
} from '../../../../functions/channels/connectors/edi/fixtures/sets.ts';
import { signed } from '../../../../functions/channels/connectors/webhook/signature.ts';
import { startEdiPartner } from '../../../sandboxes/edi.ts';
import { unique } from '../../../testing/steps.ts';
import { type ChannelKind, type Message } from '../kind.ts';

const secret = 'a-secret-of-the-van';

/** A trading partner by X12: purchase orders come in, are changed by 860s, and acknowledged with 855s. */
export const edi: ChannelKind = {
  type: 'edi',
  open: async ({ tag }) => {
    const partner = await startEdiPartner({ secret });
    const [mug, jar] = [`MUG${tag}`, `JAR${tag}`];
    const externalId = (number: number) => `NM-${700_100 + number}`;
    let controlNumber = 4700;
    /** One set in an interchange of its own, signed as the VAN does. */
    const message = (type: string, segments: readonly string[]): Message => {
      const interchange = String((controlNumber += 1)).padStart(9, '0');
      const body = interchangeOf([set(type, segments)], { interchange, group: String(controlNumber) });
      const headers = { 'content-type': 'application/edi-x12', ...signed(secret, unique('van'), new Date(), body) };
      return { headers, body };
    };
    const change = (number: number, kind: '01' | '04', lines: readonly string[] = []) =>
      message('860', [`BCH*${kind}*SA*${externalId(number)}***20261121`, ...lines, 'CTT*1']);
    const ordered = (number: number) =>
      replaced(purchaseOrder, 'BEG', `BEG*00*SA*${externalId(number)}**20261119`).map((segment) =>
        segment.replace('MUG-BLUE', mug).replace('IN*44-1002', `VN*${jar}`),
      );
    const sets = (number: number) =>
      partner.taken.filter(({ type, segments }) => type === '855' && segments.flat().includes(externalId(number)));
    return {
      settings: { partnerId: 'ZZ:NORTHMART', ourId: 'ZZ:OURCOMPANY', outboundUrl: partner.url },
      credentials: { signing: secret },
      sold: { currency: 'USD', totalMinor: 11375, units: { [mug]: 10, [jar]: 3 } },
      externalId,
      place: () => undefined,
      changes: {
        cancelPart: () => ({ cancelled: { [jar]: 3 } }),
        cancel: () => ({ cancelled: { [mug]: 10, [jar]: 3 } }),
      },
      message: (number, about) =>
        about === 'placed'
          ? message('850', ordered(number))
          : about === 'cancel'
            ? change(number, '01')
            : change(number, '04', [`POC*2*DI*3**EA*19.9**VN*${jar}`]),
      fail: { throttled: () => partner.fail(1, 429), broken: () => partner.fail(1, 500) },
      acknowledged: (number) => sets(number).length,
      stop: partner.stop,
    };
  },
};
