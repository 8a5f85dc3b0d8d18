/** An example of a page: a command as it is written, and what the page says it answers. */
export interface Example {
  readonly line: number;
  readonly command: string;
  /** The JSON block right after the command, if there is one. */
  readonly answer?: unknown;
}

interface Block {
  readonly language: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Every `curl` command among the shell blocks of a Markdown page, in order. */
export function curlExamples(page: string): Example[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text, start, end }, index) => {
    if (!/^(sh|bash)$/.test(language) || !text.startsWith('curl')) return [];
    const line = page.slice(0, start).split('\n').length + 1;
    const next = blocks[index + 1];
    const follows = next?.language === 'json' && page.slice(end, next.start).trim() === '';
    return [{ line, command: text, ...(follows && { answer: JSON.parse(next.text) as unknown }) }];
  });
}

const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 0: whole, 1: language = '', 2: text = '', index }) => ({
    language,
    text,
    start: index,
    end: index + whole.length,
  }));

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text);

/** A JSON value with every time made the same, because no two runs happen at one moment. */
export function timeless(value: unknown): unknown {
  if (typeof value === 'string') return isTime(value) ? '(a time)' : value;
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, timeless(part)]));
}
