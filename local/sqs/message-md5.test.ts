import { expect, it } from 'vitest';
import { md5OfAttributes, md5OfBody, messageBytes } from './message-md5.ts';

it('digests body and attributes as the SQS developer guide says', () => {
  expect(md5OfBody('hello')).toBe('5d41402abc4b2a76b9719d911017c592');
  // What AWS answered for these attributes; many SQS test suites pin it.
  expect(md5OfAttributes({ timestamp: { DataType: 'Number', StringValue: '1493147359900' } })).toBe(
    '235c5c510d26fb653d073faed50ae77c',
  );
  expect(md5OfAttributes({})).toBeUndefined();
});

it('counts bytes, not characters', () => {
  expect(messageBytes('ü', { a: { DataType: 'Binary', BinaryValue: 'AQI=' } })).toBe(2 + 1 + 6 + 2);
});
