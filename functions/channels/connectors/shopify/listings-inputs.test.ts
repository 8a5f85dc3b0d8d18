import { expect, it } from 'vitest';
import * as z from 'zod';
import { catalogInputs } from '../../../../tests/sandboxes/shopify/catalog-inputs.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { draftOf } from '../../fixtures/drafts.ts';
import { handleOf, variantInput } from './listings-inputs.ts';

const recorded = z.object({
  setup: z.object({ activateProduct: z.object({ track: z.object({ variables: z.unknown() }) }) }),
});

it.runIf(inputsPresent)('the sandbox judges changes of variants as a recorded one is', () => {
  const file = 'shopify/graphql-conformance/2026-04.products__inventory-activate-on-hand.json';
  const { setup } = recorded.parse(JSON.parse(inputBytes(file).toString()));
  const { variables } = setup.activateProduct.track;
  expect(catalogInputs.productVariantsBulkUpdate.parse(variables)).toEqual(variables);
});

it('a handle is of the SKU alone, is an address, and differs where SKUs do', () => {
  const handles = ['LAMP 1', 'lamp-1', 'Лампа', 'LAMP/1'].map((sku) => handleOf(draftOf(sku)));
  expect(new Set(handles).size).toBe(4);
  for (const handle of handles) expect(handle).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(handleOf(draftOf('LAMP 1', { content: { title: 'another' } }))).toBe(handles[0]);
});

it.each([
  [{ amount: 5, currency: 'USD' }, '0.05'],
  [{ amount: 1_234_567, currency: 'KWD' }, '1234.567'],
  [{ amount: 900_719_925_474_099, currency: 'USD' }, '9007199254740.99'],
])('an amount is written to its last digit: %j', (price, written) => {
  expect(variantInput(draftOf('A', { price: { price } }))).toMatchObject({ price: written, compareAtPrice: null });
});
