import { expect, it } from 'vitest';
import { type Json } from '../aws-service.ts';
import { targetInput, transformInput } from './input-transformer.ts';

const event: Json = {
  'detail-type': 'OrderCreated',
  detail: { sku: 'A-1-b', total: 120, lines: [{ sku: 'x' }, { sku: 'y"z' }], note: 'say "hi"' },
};

it('puts values into a JSON template as JSON, and into its strings as text', () => {
  const inputPathsMap = { id: '$.detail.sku', second: '$.detail.lines[1].sku', total: '$.detail.total' };
  const inputTemplate = '{"id":<id>,"msg":"order <id> of <total>","second":"<second>"}';
  expect(JSON.parse(transformInput({ inputPathsMap, inputTemplate }, event))).toEqual({
    id: 'A-1-b',
    msg: 'order A-1-b of 120',
    second: 'y"z',
  });
});

it('knows quoted path steps, the whole event, predefined variables and missing values', () => {
  const inputPathsMap = { type: "$['detail-type']", none: '$.detail.absent' };
  const inputTemplate = '{"type":<type>,"none":<none>,"rule":<aws.events.rule-name>,"event":<aws.events.event>}';
  expect(JSON.parse(transformInput({ inputPathsMap, inputTemplate }, event, { 'aws.events.rule-name': 'r' }))).toEqual({
    type: 'OrderCreated',
    none: '',
    rule: 'r',
    event,
  });
});

it('passes on a constant, a part, or the whole event', () => {
  expect(targetInput({ input: '{"a":1}' }, event)).toBe('{"a":1}');
  expect(targetInput({ inputPath: '$.detail.lines' }, event)).toBe('[{"sku":"x"},{"sku":"y\\"z"}]');
  expect(JSON.parse(targetInput({}, event))).toEqual(event);
});
