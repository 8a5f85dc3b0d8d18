import { stripVTControlCharacters, styleText } from 'node:util';

/** How a piece of text may look. */
export type Look = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** What the story is written on: lines of a width, with or without colors. */
export interface Paper {
  readonly width: number;
  readonly write: (line: string) => void;
  readonly look: (look: Look, text: string) => string;
}

/** More than this is hard to read. */
const widest = 100;
const narrowest = 60;

/** The terminal, or the file that stdout goes to. Colors only where they are wanted (a terminal, and no NO_COLOR). */
export const terminal = (stream: NodeJS.WriteStream = process.stdout): Paper => ({
  width: Math.min(widest, Math.max(narrowest, stream.isTTY ? stream.columns : widest)),
  write: (line) => void stream.write(`${line}\n`),
  look: (look, text) => styleText(look, text, { stream }),
});

/** Paper without colors that keeps its lines. */
export function notebook(): Paper & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  return { width: widest, lines, write: (line) => void lines.push(line), look: (_, text) => text };
}

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** Breaks a text into lines of a width, at its spaces. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Text at the left or the right end of a column. */
export const padded = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
};
