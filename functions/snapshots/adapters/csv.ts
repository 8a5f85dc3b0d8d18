import { parse } from 'csv-parse/sync';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type FileLine } from './lines.ts';

const required = ['location', 'sku', 'onHand'] as const;
const optional = ['damaged', 'qualityControl', 'containsUntil', 'version'] as const;
const known: ReadonlySet<string> = new Set([...required, ...optional]);

/** The cells of a line, or what is wrong with it. */
export interface Cells {
  readonly number: number;
  readonly cells?: readonly string[];
  readonly problem?: string;
}

/** The columns of a file by its first line. Refusal: `unreadable-file` that names what is there and what is expected. */
export function columnsOf(header: string): Result<readonly string[]> {
  const columns = cellsOf(header)?.map((name) => name.trim()) ?? [];
  const missing = required.filter((name) => !columns.includes(name));
  const strange = columns.filter((name) => !known.has(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  const both = columns.includes('containsUntil') && columns.includes('version');
  const wrong = [
    ...(missing.length > 0 ? [`${missing.join(', ')} missing`] : []),
    ...(strange.length > 0 ? [`${strange.join(', ')} unknown`] : []),
    ...(twice.length > 0 ? [`${twice.join(', ')} twice`] : []),
    ...(both ? ['containsUntil and version are both there'] : []),
  ];
  if (wrong.length === 0) return ok(columns);
  return refuse(
    'unreadable-file',
    `The first line must name the columns, separated by commas: location,sku,onHand and, where there are any, damaged, qualityControl, ` +
      `and containsUntil or version. It is "${header.slice(0, 200)}": ${wrong.join('; ')}.`,
  );
}

/** Cells of lines. Many lines are parsed at once, which is fast; where something is off among them, each alone, to find which it is. */
export function cellsOfLines(lines: readonly FileLine[], columns: number): Cells[] {
  const texts = lines.flatMap(({ text }) => (text === undefined ? [] : [text]));
  const together = parsed(texts.join('\n'));
  let next = 0;
  return lines.map(({ number, text, problem }) => {
    if (text === undefined) return { number, problem: problem ?? '' };
    const cells = together?.length === texts.length ? together[next++] : cellsOf(text);
    if (cells === undefined) return { number, problem: 'The quotes of the line do not match.' };
    if (cells.length === columns) return { number, cells };
    return { number, problem: `The line has ${cells.length} cells, and the header ${columns}.` };
  });
}

/** A row never goes over several lines, because no SKU has a line end in it. */
const cellsOf = (line: string): readonly string[] | undefined => {
  const records = parsed(line);
  return records?.length === 1 ? records[0] : undefined;
};

function parsed(text: string): readonly (readonly string[])[] | undefined {
  try {
    return parse(text, { relax_column_count: true, trim: true, record_delimiter: '\n' });
  } catch {
    return undefined;
  }
}

/** A line's cells as a row is to be checked: numbers as numbers, empty cells left out. */
export const rowOf = (columns: readonly string[], cells: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    columns.flatMap((column, index) => {
      const cell = cells[index] ?? '';
      return cell === '' ? [] : [[column, isText(column) ? cell : numberOr(cell)]];
    }),
  );

const isText = (column: string): boolean => column === 'location' || column === 'sku' || column === 'containsUntil';
const numberOr = (cell: string): number | string => (/^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);
