import { describe, expect, it } from 'vitest';
import { productAliasChanges } from '../../../../shared/model/alias-changes.ts';
import { aLocation, stocked } from '../../../../shared/testing/world.ts';
import { line, quarantineWorld } from '../../fixtures/quarantine-world.ts';
import { otherSpellings } from './other-spellings.ts';

it('a SKU is looked for in as many spellings as one call can ask for', () => {
  expect(otherSpellings('tee black/m')).toContain('TEE-BLACK-M');
  expect(otherSpellings('TEE-BLACK-M')).not.toContain('TEE-BLACK-M');
  expect(otherSpellings('---')).toEqual([]);
  for (const sku of ['a', 'A-b', 'İ-ß-ﬁ', 'x'.repeat(200), 'a-b-c-d-e-f-g-h-i-j', 'a-'.repeat(99)]) {
    const texts = otherSpellings(sku);
    expect(texts.length).toBeLessThanOrEqual(21);
    expect(new Set(texts).size).toBe(texts.length);
  }
});

/** What is suggested for a line where these are listed, with their ids. */
async function suggested(listed: Readonly<Record<string, object>>, over: object) {
  const { deliver, list } = quarantineWorld();
  for (const [sku, ids] of Object.entries(listed)) await list(sku, ids);
  const { suggestions = [], reason } = await deliver({ lines: [line({ externalLineId: 'l1', ...over })] });
  expect(suggestions.every((one) => one.line === 'l1' && reason?.includes(one.sku))).toBe(true);
  return suggestions.map(({ sku, why }) => [sku, why]);
}

describe('for a line whose SKU is unknown', () => {
  it.each(['tee black m', 'TEE_BLACK_M', 'TeeBlackM', 'TEE‑BLACK‑M'])('%s is TEE-BLACK-M', async (sku) => {
    expect(await suggested({ 'TEE-BLACK-M': {}, CAP: {} }, { sku })).toEqual([
      ['TEE-BLACK-M', 'it is the same but for case, blanks and signs'],
    ]);
  });

  it('what differs by a letter or two comes next, the nearest first and three at most', async () => {
    const listed = { 'TEE-BLACK-ML': {}, 'TEE-BLAK-M': {}, 'TEE-BLACK-MM': {}, 'TEE-BLACK-XX': {}, 'CAP-RED': {} };
    const found = await suggested(listed, { sku: 'TEE-BLACK-M' });
    expect(found.map(([sku]) => sku)).toEqual(['TEE-BLACK-ML', 'TEE-BLACK-MM', 'TEE-BLAK-M']);
    expect(found[0]?.[1]).toBe('it differs by one letter');
  });

  it('a barcode in the place of a SKU finds what has that barcode', async () => {
    expect(await suggested({ TEE: { barcode: '4006381333931' } }, { sku: '04006381333931' })).toEqual([
      ['TEE', 'its barcode is what this line has as its SKU'],
    ]);
  });

  it('another variant of its listing may be meant, and is not taken for it', async () => {
    const listed = { 'TEE-S': { variantId: 'V1', listingId: 'L1' } };
    expect(await suggested(listed, { sku: 'ELSEWHERE', listing: { variantId: 'V2', listingId: 'L1' } })).toEqual([
      ['TEE-S', 'it is another variant of the same listing'],
    ]);
  });

  it('two SKUs of one id are both named', async () => {
    const listed = { A1: { variantId: 'V1' }, B2: { variantId: 'V1' } };
    expect(await suggested(listed, { sku: 'ELSEWHERE', listing: { variantId: 'V1' } })).toEqual([
      ['A1', 'it is listed under the same id'],
      ['B2', 'it is listed under the same id'],
    ]);
  });

  it('two products of one barcode are both named', async () => {
    const { store, ports, deliver } = quarantineWorld();
    for (const sku of ['A1', 'B2']) {
      const product = { sku, tags: [], barcodes: ['4006381333931'], version: 1, updatedAt: '' };
      store.given('product', product);
      await ports.commit(productAliasChanges(undefined, product));
    }
    const { suggestions, reason } = await deliver({
      lines: [line({ sku: 'ELSEWHERE', listing: { barcode: '4006381333931' } })],
    });
    expect(suggestions).toMatchObject([{ line: '1', sku: 'A1', why: 'it has the same barcode' }, { sku: 'B2' }]);
    expect(reason).toContain('with barcode "4006381333931", then retry');
  });

  it.each(['tee black m', 'TEE_BLACK_M', 'TEEBLACKM', 'Tee Black M'])('%s is what only has stock', async (sku) => {
    const { store, deliver } = quarantineWorld();
    const stockedAs = sku === 'TEEBLACKM' ? 'teeblackm' : 'TEE-BLACK-M';
    store.given('location', aLocation('boston'));
    await stocked(store, stockedAs, 'boston', 1);
    const { suggestions } = await deliver({ lines: [line({ sku })] });
    expect(suggestions).toEqual([{ line: '1', sku: stockedAs, why: 'it is the same but for case, blanks and signs' }]);
  });

  it('stock of another pool is nothing that this channel sells', async () => {
    const { store, ports } = quarantineWorld();
    await stocked(store, 'TEE-BLACK-M', 'boston', 1);
    expect(await ports.stockedAmong(['TEE-BLACK-M', 'CAP'], 'online')).toEqual(['TEE-BLACK-M']);
    expect(await ports.stockedAmong(['TEE-BLACK-M'], 'outlet')).toEqual([]);
  });

  it('nothing is suggested that is merely short, or alike by chance', async () => {
    expect(await suggested({ A1: {}, XY: {}, 'CAP-BLUE-L': {} }, { sku: 'TEE-BLACK-M' })).toEqual([]);
  });
});
