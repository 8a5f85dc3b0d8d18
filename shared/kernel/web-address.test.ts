import { expect, it } from 'vitest';
import { addressFault } from './web-address.ts';

it.each(['https://shop.example', 'https://shop.example:8443/api?x=1', 'http://localhost:3000', 'http://127.0.0.1:9'])(
  '%s is an address',
  (text) => expect(addressFault(text)).toBeUndefined(),
);

it.each(['http://[::1]:80/hook', 'http://shop.localhost:4566'])('%s is an address on this machine', (text) =>
  expect(addressFault(text)).toBeUndefined(),
);

it.each([
  ['garbage', /^is no URL/],
  ['', /^is no URL/],
  ['shop.example', /^is no URL/],
  ['http://shop.example', /^must be https/],
  ['http://127.0.0.1.shop.example', /^must be https/],
  ['http://127.shop.example', /^must be https/],
  ['http://localhost.shop.example', /^must be https/],
  ['ftp://localhost/x', /^must be https/],
  ['javascript:alert(1)', /^must be https/],
  ['https://169.254.169.254/latest', /^is a link-local/],
  ['http://169.254.170.2/', /^is a link-local/],
  ['https://2852039166/', /^is a link-local/],
  ['https://[::ffff:169.254.169.254]/', /^is a link-local/],
  ['https://[fe80::1]:8443/', /^is a link-local/],
  ['https://[febf::1]/', /^is a link-local/],
  ['https://[fd00:ec2::254]/', /^is a link-local/],
  ['https://user:secret@shop.example', /a user or a password/],
])('%s is none', (text, words) => expect(addressFault(text)).toMatch(words));
