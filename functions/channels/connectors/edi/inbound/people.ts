import { type Mapped, type OrderDraft } from '../../../domain/connector.ts';
import { quarantined } from '../../kit/outcomes.ts';
import { type Segment, at } from '../x12/segment.ts';
import { addressOf, headingOf, partyId, partyOf } from './parties.ts';

/** Who buys, where it goes, who gets the bill. The buyer is BY, or the ship-to where nobody is named. */
export function peopleOf(
  heading: readonly Segment[],
  country: string,
): Pick<OrderDraft, 'customer' | 'shipTo' | 'billTo'> {
  const [to, bill] = [partyOf(heading, 'ST'), partyOf(heading, 'BT')];
  const buyer = partyOf(heading, 'BY') ?? partyOf(heading, 'OB') ?? bill ?? to;
  const { name, phone, email } = buyer === undefined ? {} : addressOf(buyer, country);
  const externalId = partyId(buyer);
  const customer = {
    ...(name && { company: name }),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(externalId && { externalId }),
  };
  const billTo = bill && addressOf(bill, country);
  return {
    ...(Object.keys(customer).length > 0 && { customer }),
    shipTo: to === undefined ? {} : addressOf(to, country),
    ...(billTo?.country !== undefined && { billTo: { ...billTo, country: billTo.country } }),
  };
}

/** A ship-to that is not there, or only as a code of the partner's. */
export function addressFault(heading: readonly Segment[], country: string): Mapped | undefined {
  const to = partyOf(heading, 'ST');
  if (to !== undefined && addressOf(to, country).country !== undefined) return undefined;
  const id = partyId(to);
  const what = id === undefined ? 'It names no ship-to (N1 ST)' : `Its ship-to is a code alone, ${id}`;
  return quarantined(
    'address',
    `${what}. Ask the partner to send the address (N3, N4), or enter the order with POST /v1/orders.`,
  );
}

/** One order is for one address: lines for stores of their own (SDQ, or N1 within a line) would all go to the heading's. */
export function storesFault(segments: readonly Segment[]): Mapped | undefined {
  const heading = headingOf(segments).length;
  const rest = segments.slice(heading);
  const isForStores = rest.some((one) => one.tag === 'SDQ' || (one.tag === 'N1' && at(one, 1) === 'ST'));
  if (!isForStores) return undefined;
  return quarantined(
    'delivery-method',
    'Its lines go to several stores (SDQ, or N1 ST within a line), and an order goes to one address. Ask the partner for one 850 a store, or enter the orders with POST /v1/orders.',
  );
}
