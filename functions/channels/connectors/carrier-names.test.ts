import { expect, it } from 'vitest';
import { carrierOf as atAmazon } from './amazon/tell/carriers.ts';
import { carrierCode as atEbay } from './ebay/tell/carriers.ts';
import { providerNamed } from './tiktok/tell/parcel.ts';
import { carrierOf as atWalmart } from './walmart/tell/carriers.ts';

const providers = ['UPS', 'USPS', 'FedEx', 'DHL Express', 'Evri', 'Other'].map((name) => ({ name }));

it.each([
  ['ups_ground', 'UPS', 'UPS', 'UPS', 'UPS'],
  ['United Parcel Service', 'UPS', 'UPS', 'UPS', 'UPS'],
  ['USPS Priority Mail', 'USPS', 'USPS', 'USPS', 'USPS'],
  ['FedEx-2day', 'FedEx', 'FedEx', 'FedEx', 'FedEx'],
  ['dhl_express', 'DHL', 'DHL', 'DHL', 'DHL Express'],
  ['Hermes UK', 'EVRI', undefined, 'Hermes UK', 'Evri'],
  ['FedEx SmartPost', 'FedEx', 'FEDEXSP', 'FedEx', 'FedEx'],
  ['UPS Mail Innovations', 'UPS', 'UPSMI', 'UPS', 'UPS'],
  ['Groups & Sons Courier', 'Other', undefined, 'Groups  Sons Courier', 'Other'],
])('%s is what each marketplace calls it', (name, amazon, walmart, ebay, tiktok) => {
  expect([atAmazon(name).carrierCode, atWalmart(name), atEbay(name), providerNamed(providers, name)?.name]).toEqual([
    amazon,
    walmart,
    ebay,
    tiktok,
  ]);
});
