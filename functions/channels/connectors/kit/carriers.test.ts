import { expect, it } from 'vitest';
import { carrierOf } from './carriers.ts';

it.each([
  ['ups_ground', 'ups'],
  ['United Parcel Service', 'ups'],
  ['USPS Priority', 'usps'],
  ['FedEx-2day', 'fedex'],
  ['DHL eCommerce', 'dhl-ecommerce'],
  ['dhl_express', 'dhl'],
  ['Deutsche Post', 'dhl-parcel'],
])('%s is %s', (name, key) => {
  expect(carrierOf(name).key).toBe(key);
});

it('leaves a carrier that no channel has a code for as it was named', () => {
  expect(carrierOf('Groups & Sons Courier')).toEqual({ name: 'Groups & Sons Courier' });
});
