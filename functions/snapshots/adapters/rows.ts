import { countedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type Line } from '../domain/run-snapshot.ts';
import { cellsOfLines, columnsOf, rowOf } from './csv.ts';
import { foreignEncoding, withoutMark } from '../domain/encoding.ts';
import { type FileLine, linesOf } from './lines.ts';

/** Some rows, and how many bytes of the file were read for everything so far. */
export interface FileRows {
  readonly rows: readonly Line[];
  readonly bytes: number;
}

/** Turns lines into rows, in a file's own form. */
type Reader = (lines: readonly FileLine[]) => Result<readonly Line[]>;

/**
 * The rows of a file, a piece at a time. A line that is no row is told with its number and the rest goes on; a file that is none at all
 * (its encoding, its header) is the refusal `unreadable-file`, and then nothing comes after it. Blank lines are no rows.
 */
export async function* rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  format: Snapshot['format'],
): AsyncGenerator<Result<FileRows>, void, void> {
  const { first, rest } = await beginningOf(bytes);
  const unreadable = first.length === 0 ? 'empty' : foreignEncoding(first);
  if (unreadable !== undefined)
    return yield refuse('unreadable-file', `The file is ${unreadable}. It must be text in UTF-8.`);
  const read = format === 'csv' ? csvReader() : ndjsonReader();
  for await (const piece of linesOf(joined(withoutMark(first), rest))) {
    const rows = read(piece.lines.filter(({ text }) => text === undefined || text.trim() !== ''));
    if (!rows.ok) return yield rows;
    yield ok({ rows: rows.value, bytes: piece.bytes });
  }
}

/** As many first bytes as it takes to tell an encoding by, and the rest. */
async function beginningOf(bytes: AsyncIterable<Uint8Array>) {
  const rest = bytes[Symbol.asyncIterator]();
  let first = new Uint8Array();
  while (first.length < 4) {
    const next = await rest.next();
    if (next.done === true) break;
    first = new Uint8Array(Buffer.concat([first, next.value]));
  }
  return { first, rest };
}

async function* joined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** The first line names the columns. */
function csvReader(): Reader {
  let columns: readonly string[] | undefined;
  return (lines) => {
    const [header] = lines;
    if (header === undefined) return ok([]);
    const isFirst = columns === undefined;
    if (columns === undefined) {
      const named =
        header.text === undefined ? refuse('unreadable-file', header.problem ?? '') : columnsOf(header.text);
      if (!named.ok) return named;
      columns = named.value;
    }
    const names = columns;
    return ok(
      cellsOfLines(isFirst ? lines.slice(1) : lines, names.length).map(({ number, cells, problem = '' }) =>
        cells === undefined ? { line: number, problem } : checked(number, rowOf(names, cells)),
      ),
    );
  };
}

/** Every line is a JSON object. */
function ndjsonReader(): Reader {
  let isFirst = true;
  return (lines) => {
    if (isFirst && lines[0]?.text?.trimStart().startsWith('['))
      return refuse(
        'unreadable-file',
        'The file is a JSON array. NDJSON has one object on each line and no brackets around them.',
      );
    isFirst &&= lines.length === 0;
    return ok(lines.map(ndjsonRow));
  };
}

function ndjsonRow({ number, text, problem = '' }: FileLine): Line {
  if (text === undefined) return { line: number, problem };
  try {
    return checked(number, parseJson(text));
  } catch {
    return { line: number, problem: 'The line is no whole JSON object.' };
  }
}

function checked(line: number, value: unknown): Line {
  const row = countedRow.safeParse(value);
  if (row.success) return { line, row: row.data };
  const problems = row.error.issues.map(({ path, message }) => [...path.map(String), message].join(' '));
  return { line, problem: `${problems.join('; ')}.` };
}
