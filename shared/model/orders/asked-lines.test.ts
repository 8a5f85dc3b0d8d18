import { expect, it } from 'vitest';
import { askedLines } from './asked-lines.ts';

const left = [
  { lineId: '1', sku: 'TEE', quantity: 2 },
  { lineId: '2', sku: 'CAP', quantity: 0 },
];

it('adds up a line that is asked for twice and leaves zeros out', () => {
  const asked = [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 0 },
    { lineId: '1', quantity: 1 },
  ];
  expect(askedLines(asked, left, 'parcel')).toEqual({ ok: true, value: [{ lineId: '1', sku: 'TEE', quantity: 2 }] });
});

it('points at unknown lines and says which there are', () => {
  expect(
    askedLines(
      [
        { lineId: '1', quantity: 1 },
        { lineId: '9', quantity: 1 },
      ],
      left,
      'parcel',
    ),
  ).toMatchObject({
    ok: false,
    refusal: {
      code: 'invalid-request',
      facts: { known: ['1', '2'] },
      errors: [{ pointer: '/lines/1/lineId', detail: 'is no line of this parcel' }],
    },
  });
});

it('says line, wanted and left of too many, at each place that asks for them', () => {
  expect(
    askedLines(
      [
        { lineId: '1', quantity: 2 },
        { lineId: '1', quantity: 1 },
      ],
      left,
      'parcel',
    ),
  ).toMatchObject({
    ok: false,
    refusal: {
      code: 'quantity-exceeded',
      facts: { exceeded: [{ lineId: '1', sku: 'TEE', wanted: 3, left: 2 }] },
      errors: [{ pointer: '/lines/0/quantity' }, { pointer: '/lines/1/quantity' }],
    },
  });
});
