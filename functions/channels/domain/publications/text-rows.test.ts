import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicationRow } from '../../../../shared/contracts/network/publication-apis.ts';
import { publicationStates } from '../../../../shared/contracts/network/publication-states.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';
import { now } from '../../fixtures/now.ts';
import { rowsOf, textOf } from './text-rows.ts';

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
/** Any text, and texts that are harder: formulas, apostrophes, quotes, ends of lines, nothing. */
const hard = fc.constantFrom(
  '=1+1',
  "'=1+1",
  "''@x",
  '+1',
  '-1',
  '\tx',
  '\rx',
  'a\r\nb',
  '"',
  'a,b',
  ' a ',
  'true',
  '12',
);
const words = (least: number) => fc.oneof(fc.string({ minLength: least, maxLength: 20, unit: 'grapheme' }), hard);
const overrides = fc
  .record({
    title: maybe(words(1)),
    description: maybe(words(0)),
    brand: maybe(words(1)),
    images: maybe(fc.array(fc.constant('https://example.com/mug,1.jpg'), { maxLength: 2 })),
    weightGrams: maybe(fc.nat(1_000_000_000)),
    options: maybe(fc.dictionary(fc.constantFrom('color', 'size'), words(1))),
    category: maybe(words(1)),
    attributes: maybe(fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(fc.boolean(), fc.nat(), words(0)))),
  })
  .map((all) => present(all));
const publication: fc.Arbitrary<Publication> = fc
  .record({
    sku: fc.oneof(fc.stringMatching(/^[!-~]{1,20}$/), fc.constantFrom('=A', "'=A", '-1', '001', 'true')),
    intent: fc.constantFrom('draft' as const, 'published' as const, 'unpublished' as const),
    hideWhenSoldOut: maybe(fc.boolean()),
    overrides: maybe(overrides.filter((all) => Object.keys(all).length > 0)),
    state: fc.constantFrom(...publicationStates),
    reasons: maybe(fc.array(words(1), { maxLength: 2 })),
  })
  .map((one) => ({ ...present(one), channelId: 'shop', version: 1, updatedAt: now }));

const said = ({ sku, intent, hideWhenSoldOut, overrides: own }: Publication) =>
  publicationRow.parse(present({ sku, intent, hideWhenSoldOut, overrides: own }));

describe('what was exported', () => {
  it.each(['csv', 'ndjson'] as const)('as %s, page by page, says the same when it is read', (format) => {
    fc.assert(
      fc.property(fc.array(publication, { maxLength: 5 }), fc.array(publication, { maxLength: 5 }), (first, second) => {
        const content = textOf(format, first, true) + textOf(format, second, false);
        const rows = rowsOf(format, content);
        expect(rows).toMatchObject({ ok: true });
        const read = rows.ok ? rows.value.map(({ row }) => (row.ok ? row.value : row.refusal)) : [];
        expect(read).toEqual([...first, ...second].map(said));
      }),
    );
  });

  it('is carried out by no spreadsheet', () => {
    fc.assert(
      fc.property(publication, (one) => {
        const cells = textOf('csv', [one], false).split(/[\n,](?=(?:[^"]*"[^"]*")*[^"]*$)/);
        for (const cell of cells) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe('a text that somebody wrote', () => {
  const read = (content: string, format: 'csv' | 'ndjson' = 'csv') => rowsOf(format, content);

  it('may leave columns out, have a mark of its encoding, Windows lines and empty ones', () => {
    expect(read('\uFEFFsku,intent\r\nMUG,published\r\n\r\nCUP,draft\r\n')).toMatchObject({
      ok: true,
      value: [
        { line: 2, row: { ok: true, value: { sku: 'MUG', intent: 'published' } } },
        { line: 4, row: { ok: true, value: { sku: 'CUP', intent: 'draft' } } },
      ],
    });
  });

  it('has its wrong lines named, and the others read', () => {
    const content = 'sku,intent,weightGrams\nMUG,published,heavy\nCUP,sold,\nTEE,published\n"A ""b""",draft,250\n';
    expect(read(content)).toMatchObject({
      value: [
        {
          line: 2,
          row: {
            ok: false,
            refusal: { detail: expect.stringContaining('weightGrams must be a whole number') as unknown },
          },
        },
        { line: 3, row: { ok: false, refusal: { detail: expect.stringContaining('/intent') as unknown } } },
        {
          line: 4,
          row: { ok: false, refusal: { detail: expect.stringContaining('2 cells, and the first 3') as unknown } },
        },
        { line: 5, row: { ok: true, value: { sku: 'A "b"', overrides: { weightGrams: 250 } } } },
      ],
    });
    const object = expect.stringContaining('must be a JSON object') as unknown;
    expect(read('[1]\nnull\n"MUG"\n', 'ndjson')).toMatchObject({
      value: [1, 2, 3].map((line) => ({ line, row: { refusal: { code: 'invalid-request', detail: object } } })),
    });
    expect(read('{"sku":"MUG","intent":"draft"}\nno\n\n7\n', 'ndjson')).toMatchObject({
      value: [
        { line: 1, row: { ok: true } },
        { line: 2, row: { ok: false } },
        { line: 4, row: { ok: false } },
      ],
    });
  });

  it('has all that is wrong with a row named at once', () => {
    const columns = 'sku,intent,hideWhenSoldOut,images,weightGrams,title\n';
    const rows = read(`${columns}MUG,sold,maybe,photo.jpg,heavy,Mug\n`);
    const [row] = rows.ok ? rows.value : [];
    const detail = row?.row.ok === false ? row.row.refusal.detail : '';
    expect(detail).toBe(
      'This row cannot be read: hideWhenSoldOut must be true or false; images must be a JSON list: ["https://shop.example.com/mug.jpg"]; weightGrams must be a whole number; /intent must be one of draft, published, unpublished.',
    );
    expect(row?.sku).toBe('MUG');
  });

  it.each([
    ['without a SKU', 'intent\ndraft\n', 'sku is missing'],
    ['with a column that is none', 'sku,intent,price\nMUG,draft,1\n', '"price" is unknown'],
    ['with a column twice', 'sku,intent,sku\nMUG,draft,CUP\n', 'sku is there twice'],
    ['with quotes that do not match', 'sku,intent\n"MUG,draft\n', 'no CSV'],
    ['with nothing in it', '\n', 'sku is missing'],
  ])('is refused as a whole %s', (_, content, why) => {
    expect(read(content)).toMatchObject({
      ok: false,
      refusal: { code: 'unreadable-file', detail: expect.stringContaining(why) as unknown },
    });
  });
});
