import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type PublicationRow, type publicationFormats } from '../../../../shared/contracts/network/publication-apis.ts';
import { parseJson } from '../../../../shared/kernel/json.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';
import { readRow, skuIn } from './put-publications.ts';
import { fromCell, toCell } from './cells.ts';

/** How publications are written as text. */
export type TextFormat = (typeof publicationFormats)[number];

/** A row of a text, by the line that it begins on. */
export interface TextRow {
  readonly line: number;
  /** Known as well where the rest of the row cannot be read. */
  readonly sku?: string;
  readonly row: Result<PublicationRow>;
}

const named = ['sku', 'intent', 'hideWhenSoldOut'] as const;
const overriding = [
  'title',
  'description',
  'brand',
  'images',
  'weightGrams',
  'options',
  'category',
  'attributes',
] as const;
/** They are written for people, and not read. */
const shown = ['state', 'reasons'] as const;
const columns: readonly string[] = [...named, ...overriding, ...shown];
/** The columns that are no text, and what they must be. */
const forms: ReadonlyMap<string, string> = new Map([
  ['hideWhenSoldOut', 'true or false'],
  ['images', 'a JSON list: ["https://shop.example.com/mug.jpg"]'],
  ['weightGrams', 'a whole number'],
  ['options', 'a JSON object: {"color":"black"}'],
  ['attributes', 'a JSON object: {"material":"steel"}'],
  ['reasons', 'a JSON list'],
]);

/** What of a publication is written: as it is put, and for people what became of it. */
const rowOf = ({ sku, intent, hideWhenSoldOut, overrides, state, reasons }: Publication) =>
  present({ sku, intent, hideWhenSoldOut, overrides, state, reasons });

/** Writes publications as text. @param withHeader whether CSV begins with its columns */
export function textOf(format: TextFormat, publications: readonly Publication[], withHeader: boolean): string {
  const rows = publications.map(rowOf);
  if (format === 'ndjson') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const cells = rows.map(({ overrides = {}, ...row }) => {
    const values: Readonly<Record<string, unknown>> = { ...overrides, ...row };
    return columns.map((column) => toCell(values[column], !forms.has(column)));
  });
  return stringify(withHeader ? [[...columns], ...cells] : cells, {
    quoted_match: /^$|[\r\n]/,
    record_delimiter: '\n',
  });
}

/** Reads publications from text, each row for itself. Refusal of the whole: `unreadable-file` where it is no CSV, or its columns are none. */
export const rowsOf = (format: TextFormat, content: string): Result<TextRow[]> =>
  format === 'ndjson' ? ok(jsonRows(content)) : csvRows(content);

function jsonRows(content: string): TextRow[] {
  return content.split('\n').flatMap((text, index): TextRow[] => {
    if (text.trim() === '') return [];
    return [{ line: index + 1, ...jsonRow(text) }];
  });
}

function jsonRow(text: string): Omit<TextRow, 'line'> {
  try {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { row: refuse('invalid-request', 'This line must be a JSON object: {"sku":"MUG","intent":"published"}.') };
    const read = Object.fromEntries(Object.entries(value).filter(([name]) => !shown.some((one) => one === name)));
    return { ...skuIn(read), row: readRow(read, '') };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { row: refuse('invalid-request', `This line is no JSON: ${why}.`) };
  }
}

/** A cell as it was read: an empty one says nothing, unless it is quoted. */
type Cell = string | undefined;

function csvRows(content: string): Result<TextRow[]> {
  const records = parsed(content);
  if (typeof records === 'string') return refuse('unreadable-file', `This is no CSV: ${records}`);
  const [header, ...rows] = records;
  const names = header?.cells.map((cell) => cell ?? '') ?? [];
  const wrong = [
    ...['sku', 'intent'].filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
    ...names.filter((name) => !columns.includes(name)).map((name) => `"${name.slice(0, 50)}" is unknown`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`),
  ];
  if (wrong.length > 0)
    return refuse(
      'unreadable-file',
      `The first line must name columns among ${columns.join(',')}: ${wrong.join('; ')}.`,
    );
  const skuAt = names.indexOf('sku');
  return ok(
    rows.map(({ line, cells }) => {
      const sku = cells[skuAt] === undefined ? undefined : fromCell(cells[skuAt]);
      return { line, ...(sku?.ok === true && skuIn({ sku: sku.value })), row: csvRow(names, cells) };
    }),
  );
}

function csvRow(names: readonly string[], cells: readonly Cell[]): Result<PublicationRow> {
  if (cells.length !== names.length)
    return refuse('invalid-request', `This line has ${cells.length} cells, and the first ${names.length}.`);
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [index, name] of names.entries()) {
    const cell = cells[index];
    if (cell === undefined || shown.some((one) => one === name)) continue;
    const value = fromCell(cell, forms.get(name));
    if (value.ok) values[name] = value.value;
    else wrong.push(`${name} ${value.refusal.detail}`);
  }
  const row = readRow(asRow(values), '');
  if (wrong.length === 0) return row;
  const others = row.ok ? [] : (row.refusal.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
  return refuse('invalid-request', `This row cannot be read: ${[...wrong, ...others].join('; ')}.`);
}

/** What cells say, as a row has it. */
function asRow(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const split = Object.groupBy(Object.entries(values), ([name]) =>
    overriding.some((one) => one === name) ? 'overrides' : 'own',
  );
  const overrides = Object.fromEntries(split.overrides ?? []);
  const isOverridden = Object.keys(overrides).length > 0;
  return { ...Object.fromEntries(split.own ?? []), ...(isOverridden && { overrides }) };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** @returns what is wrong with it, in words, if it cannot be read */
function parsed(content: string): CsvRecord[] | string {
  const starts: number[] = [];
  try {
    const records: Cell[][] = parse(content, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value, { quoting, index, lines }) => {
        if (index === 0) starts.push(lines);
        return value === '' && !quoting ? undefined : value;
      },
    });
    return records.map((cells, index) => ({ line: starts[index] ?? 0, cells }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
