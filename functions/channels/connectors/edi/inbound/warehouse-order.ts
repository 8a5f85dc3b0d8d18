import { type LineDraft, type MapContext, type Mapped } from '../../../domain/connector.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { moneyIn } from '../../kit/amounts.ts';
import { quarantined } from '../../kit/outcomes.ts';
import { attributesOf, clean } from '../../kit/texts.ts';
import { needs } from '../needs.ts';
import { startOf } from '../x12/dates.ts';
import { type Loop, type Segment, at, firstOf, loopsOf, pairsOf } from '../x12/segment.ts';
import { type Document, controlAttributes } from './document.ts';
import { idsOf } from './items.ts';
import { headingOf, partyId, partyOf } from './parties.ts';
import { addressFault, peopleOf } from './people.ts';
import { otherDays, promisedOf } from './promised.ts';
import { noteOf, referencesOf } from './references.ts';

/**
 * Maps a 940 warehouse shipping order: a depositor has us ship its goods. W0501 `N` is new and `R` replaces, by the depositor's order number
 * (W0502); `F` deletes. Goods are the depositor's, so nothing is to be paid: every price is 0.
 */
export function mapWarehouseOrder(document: Document, context: MapContext): Mapped {
  const w05 = firstOf(document.segments, 'W05');
  const [action, externalId] = [at(w05, 1), at(w05, 2)];
  if (externalId === '')
    return quarantined(
      'not-as-documented',
      'The 940 has no depositor order number (W0502). Ask the depositor to send it again.',
    );
  if (action === 'F')
    return {
      kind: 'change',
      change: { kind: 'cancel', externalId, changeId: context.deliveryId, reason: 'W0501 F: deleted by the depositor' },
    };
  if (action !== 'N' && action !== 'R')
    return quarantined(
      'not-as-documented',
      `W0501 "${action}" is none of N (new), R (replace) and F (delete). Ask the depositor to send it again.`,
    );
  return mapWhole(document, context, externalId);
}

function mapWhole(document: Document, { channel }: MapContext, externalId: string): Mapped {
  const heading = headingOf(document.segments);
  const loops = lineLoops(document.segments);
  const faulty = loops.filter(
    ({ head }) => !Number.isInteger(unitsOf(head)) || unitsOf(head) < 1 || ids(head).length === 0,
  );
  if (loops.length === 0 || faulty.length > 0) {
    const which = faulty.map(({ id, head }) => `line ${id} orders "${at(head, 1)} ${at(head, 2)}"`).join('; ');
    return quarantined(
      'not-as-documented',
      `The 940 cannot be taken: ${which || 'it has no line (W01)'}. Ask the depositor to send it again, with whole units and product ids.`,
    );
  }
  const country = settingOf(channel, needs, 'country');
  const misaddressed = addressFault(heading, country);
  if (misaddressed !== undefined) return misaddressed;
  const { currency } = channel;
  return {
    kind: 'order',
    snapshot: {
      asOf: document.asOf,
      test: document.isTest,
      order: {
        externalId,
        currency,
        ...aboutOrder(document, heading, country),
        lines: loops.map((loop) => lineOf(loop, currency)),
        channelTotal: moneyIn(currency)(0),
        payments: [],
      },
    },
  };
}

interface LineLoop extends Loop {
  /** LX01, the depositor's number of the line. */
  readonly id: string;
}

const unitsOf = (w01: Segment): number => Number(at(w01, 1) || Number.NaN);

/** Every W01 of every LX loop; a loop that has several is numbered within. Depositors leave LX out: then their place numbers them. */
const lineLoops = (segments: readonly Segment[]): LineLoop[] =>
  segments.some(({ tag }) => tag === 'LX')
    ? numberedLoops(segments)
    : loopsOf(segments, 'W01', ['W76']).map((loop, index) => ({ ...loop, id: String(index + 1) }));

const numberedLoops = (segments: readonly Segment[]): LineLoop[] =>
  loopsOf(segments, 'LX', ['W76']).flatMap(({ head, body }) =>
    loopsOf(body, 'W01').map((loop, index) => ({
      ...loop,
      id: index === 0 ? at(head, 1) : `${at(head, 1)}.${index + 1}`,
    })),
  );

/** W0104/05, W0106/07 and W0115/16 are qualified; W0103 is the case's U.P.C. */
const ids = (w01: Segment): [string, string][] => {
  const pairs = [...pairsOf(w01, 4, 7), ...pairsOf(w01, 15, 16)];
  return at(w01, 3) === '' ? pairs : [...pairs, ['UA', at(w01, 3)]];
};

function lineOf({ id, head, body }: LineLoop, currency: string): LineDraft {
  const { attributes: named, ...item } = idsOf(ids(head));
  const title = clean(at(firstOf(body, 'G69'), 1), 500);
  const attributes = attributesOf({ unit: at(head, 2), lot: at(head, 13), ...named, ...referencesOf(body) });
  return {
    ...item,
    externalLineId: id,
    quantity: unitsOf(head),
    ...(title && { title }),
    unitPrice: moneyIn(currency)(0),
    ...(attributes && { attributes }),
  };
}

function aboutOrder(document: Document, heading: readonly Segment[], country: string) {
  const [w05, w66] = [firstOf(heading, 'W05'), firstOf(heading, 'W66')];
  const placedAt = heading.filter(({ tag }) => tag === 'G62').find((day) => at(day, 1) === '04');
  const ordered = startOf(at(placedAt, 2));
  const [promised, note] = [promisedOf(heading), noteOf(heading)];
  const service = [at(w66, 10), at(w66, 5)].find((part) => part !== '');
  const attributes = attributesOf({
    ...controlAttributes(document),
    purchaseOrder: at(w05, 3),
    depositor: partyId(partyOf(heading, 'DE')),
    'shipTo.id': partyId(partyOf(heading, 'ST')),
    'freight.payment': at(w66, 1),
    'freight.mode': at(w66, 2),
    ...otherDays(heading),
    ...referencesOf(heading),
  });
  return {
    ...(at(w05, 3) && { externalNumber: at(w05, 3) }),
    ...(ordered && { placedAt: ordered }),
    ...peopleOf(heading, country),
    delivery: { method: 'ship' as const, ...(service && { service }) },
    ...(promised && { promised }),
    ...(note && { note }),
    ...(attributes && { attributes }),
  };
}
