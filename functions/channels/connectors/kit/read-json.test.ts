import { expect, it } from 'vitest';
import { readJson } from './read-json.ts';

it('keeps every digit of an id, and every character that is whole', () => {
  expect(readJson(Buffer.from('{"id":820982911946154508,"name":"\\ud83d"}'))).toEqual({
    ok: true,
    value: { id: '820982911946154508', name: '\ufffd' },
  });
});

it.each([
  [Buffer.from([0xff, 0xfe]), 'not valid'],
  [Buffer.from('{"id":'), 'Unexpected end'],
  [Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'nested too deeply'],
])('says what is wrong with what it cannot read', (body, words) => {
  expect(readJson(body)).toMatchObject({
    refusal: { code: 'malformed-request', detail: expect.stringContaining(words) as string },
  });
});
