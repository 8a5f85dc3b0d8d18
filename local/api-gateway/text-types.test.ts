import { expect, it } from 'vitest';
import { isTextType } from './text-types.ts';

it.each([
  ['text/plain', true],
  ['text/csv; charset=utf-8', true],
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  ['application/problem+json', true],
  ['application/cloudevents+xml', true],
  ['application/xml', true],
  ['application/javascript', true],
  ['application/x-www-form-urlencoded', false],
  ['multipart/form-data; boundary=x', false],
  ['application/octet-stream', false],
  ['image/svg', false],
  [undefined, false],
])('%s is text: %s', (type, isText) => {
  expect(isTextType(type)).toBe(isText);
});
