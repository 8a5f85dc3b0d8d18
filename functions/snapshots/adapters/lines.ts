import { isUtf8 } from 'node:buffer';

/** One line of a file: its text, or what keeps it from being one. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly text?: string;
  readonly problem?: string;
}

/** Some lines, and how many bytes were read for everything so far. */
export interface Lines {
  readonly lines: readonly FileLine[];
  readonly bytes: number;
}

/** No row is longer; a file without line ends must not fill the memory. */
const longestLine = 16 * 1024;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a file, a piece at a time: memory is that of a piece. A line that is no UTF-8 or too long is a line with a problem, and
 * those after it are read as if nothing had been.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Lines, void> {
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  let number = 0;
  let read = 0;
  for await (const piece of bytes) {
    read += piece.length;
    const lines: FileLine[] = [];
    let from = 0;
    const joined = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    for (let end = joined.indexOf(newline); end >= 0; end = joined.indexOf(newline, from)) {
      lines.push(lineOf((number += 1), joined.subarray(from, end), isTooLong));
      isTooLong = false;
      from = end + 1;
    }
    rest = joined.subarray(from);
    if (rest.length > longestLine) {
      isTooLong = true;
      rest = Buffer.alloc(0);
    }
    yield { lines, bytes: read };
  }
  if (rest.length > 0 || isTooLong) yield { lines: [lineOf(number + 1, rest, isTooLong)], bytes: read };
}

function lineOf(number: number, bytes: Buffer, isTooLong: boolean): FileLine {
  if (isTooLong || bytes.length > longestLine)
    return { number, problem: `The line has more than ${longestLine} bytes.` };
  if (!isUtf8(bytes)) return { number, problem: `The line is not UTF-8: ${supposed(bytes)}.` };
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  return { number, text: bytes.toString('utf8', 0, end) };
}

/** In UTF-8 no byte above 0x7f stands alone; in Latin-1 accented letters do, from 0xc0 up, and Windows-1252 has signs below. */
const supposed = (bytes: Buffer): string => {
  const high = bytes.find((byte) => byte > 0x7f) ?? 0;
  return high >= 0xa0
    ? 'it looks like Latin-1 (ISO 8859-1); save the file as UTF-8'
    : 'it looks like Windows-1252; save the file as UTF-8';
};
