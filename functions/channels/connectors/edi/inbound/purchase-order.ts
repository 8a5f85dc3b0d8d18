import { type MapContext, type Mapped, type OrderDraft } from '../../../domain/connector.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { minorOf, moneyIn, sumOf } from '../../kit/amounts.ts';
import { ignored, quarantined, readingAmounts } from '../../kit/outcomes.ts';
import { attributesOf } from '../../kit/texts.ts';
import { needs } from '../needs.ts';
import { startOf } from '../x12/dates.ts';
import { type Segment, at, firstOf } from '../x12/segment.ts';
import { chargesOf, taxMinorOf } from './charges.ts';
import { type Document, controlAttributes } from './document.ts';
import { peopleOf, addressFault, storesFault } from './people.ts';
import { headingOf, partyId, partyOf } from './parties.ts';
import { otherDays, promisedOf } from './promised.ts';
import { type LineTerms, lineFaults, lineIdsOf, purchaseLines, purchaseLoops } from './purchase-lines.ts';
import { decimalOf } from './quantities.ts';
import { onAccount } from '../../kit/on-account.ts';
import { noteOf, referencesOf, termsOf } from './references.ts';

/** Element 353 (BEG01): original, change, replace, confirmation, duplicate, re-issue: each has the whole order. */
const wholeOrders = ['00', '04', '05', '06', '07', '18'];

/** Maps an 850 purchase order, version 3010 to 8010: the whole of it, or its cancellation (BEG01 `01`). */
export function mapPurchaseOrder(document: Document, context: MapContext): Mapped {
  const beg = firstOf(document.segments, 'BEG');
  const [purpose, type] = [at(beg, 1), at(beg, 2)];
  const externalId = orderIdOf(beg);
  if (externalId === '')
    return quarantined(
      'not-as-documented',
      'The 850 has no purchase order number (BEG03). Ask the partner to send it again.',
    );
  if (purpose === '01')
    return {
      kind: 'change',
      change: {
        kind: 'cancel',
        externalId,
        changeId: context.deliveryId,
        reason: 'BEG01 01: cancelled by the partner',
      },
    };
  if (purpose === '22') return ignored('BEG01 22: a copy for information');
  if (type === 'BK') return ignored('BEG02 BK: a blanket order; its releases (RL) are what is to be shipped');
  if (!wholeOrders.includes(purpose))
    return quarantined(
      'not-as-documented',
      `BEG01 "${purpose}" is none of the purposes that are taken in (00, 01, 04, 05, 06, 07, 18). Enter the order with POST /v1/orders.`,
    );
  return mapWhole(document, context, externalId);
}

/** A release of a blanket order has a number of its own (BEG04), under the number of the blanket order. */
const orderIdOf = (beg: Segment | undefined): string =>
  at(beg, 2) === 'RL' && at(beg, 4) !== '' ? `${at(beg, 3)}/${at(beg, 4)}` : at(beg, 3);

function mapWhole(document: Document, { channel }: MapContext, externalId: string): Mapped {
  const heading = headingOf(document.segments);
  const loops = purchaseLoops(document.segments);
  const ids = lineIdsOf(loops);
  const currency = at(firstOf(heading, 'CUR'), 2) || channel.currency;
  const terms = { currency, asEaches: settingOf(channel, needs, 'units') === 'eaches' };
  const faults = lineFaults(loops, ids, terms);
  if (loops.length === 0) faults.push('it has no line (PO1)');
  if (faults.length > 0)
    return quarantined(
      'not-as-documented',
      `The 850 cannot be taken: ${faults.join('; ')}. Ask the partner to send it again, corrected.`,
    );
  const country = settingOf(channel, needs, 'country');
  const misaddressed = storesFault(document.segments) ?? addressFault(heading, country);
  if (misaddressed !== undefined) return misaddressed;
  return readingAmounts(() => ({
    kind: 'order',
    snapshot: {
      asOf: document.asOf,
      test: document.isTest,
      order: {
        externalId,
        ...aboutOrder(document, heading, country),
        ...moneyOf(document.segments, heading, loops, ids, terms),
      },
    },
  }));
}

function aboutOrder(document: Document, heading: readonly Segment[], country: string) {
  const beg = firstOf(heading, 'BEG');
  const [placedAt, promised, note, td5] = [
    startOf(at(beg, 5)),
    promisedOf(heading),
    noteOf(heading),
    firstOf(heading, 'TD5'),
  ];
  const service = [at(td5, 3), at(td5, 5), at(td5, 12)].filter((part) => part !== '').join(' ');
  const attributes = attributesOf({
    ...controlAttributes(document),
    orderType: at(beg, 2),
    payment: 'on terms',
    ...termsOf(heading),
    'shipTo.id': partyId(partyOf(heading, 'ST')),
    ...otherDays(heading),
    ...referencesOf(heading),
  });
  return {
    ...(placedAt && { placedAt }),
    ...peopleOf(heading, country),
    delivery: { method: 'ship' as const, ...(service && { service }) },
    ...(promised && { promised }),
    ...(note && { note }),
    ...(attributes && { attributes }),
  };
}

/** Money of the order: lines, what the heading and the lines charge besides, and what AMT TT says that it all comes to. */
function moneyOf(
  segments: readonly Segment[],
  heading: readonly Segment[],
  loops: ReturnType<typeof purchaseLoops>,
  ids: readonly string[],
  terms: LineTerms,
): Pick<OrderDraft, 'currency' | 'lines' | 'charges' | 'shipping' | 'channelTotal' | 'payments'> {
  const { currency } = terms;
  const of = moneyIn(currency);
  const ofHeading = chargesOf(heading, currency);
  const ofLines = loops.map(({ body }, index) => chargesOf(body, currency, ids[index]));
  const charges = [ofHeading, ...ofLines].flatMap((one) => one.charges);
  const shippingMinor = sumOf([ofHeading, ...ofLines].map((one) => one.shippingMinor));
  const total = at(firstOf(segments, 'AMT', 'TT'), 2);
  const { 'terms.text': text, 'terms.netDays': days } = termsOf(heading);
  const priced = {
    currency,
    lines: purchaseLines(loops, ids, terms, { ...ofHeading, taxMinor: taxMinorOf(heading, currency) }),
    ...(charges.length > 0 && { charges }),
    ...(shippingMinor > 0 && { shipping: { price: of(shippingMinor) } }),
  };
  return {
    ...priced,
    ...(total !== '' && { channelTotal: of(minorOf(decimalOf(total).toFixed(), currency)) }),
    payments: onAccount(priced, text || (days && `net ${days} days`) || undefined),
  };
}
