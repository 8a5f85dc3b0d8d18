/** An example of a page: commands as they are written, one of them `curl`, and what the page says that it answers. */
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

/** Every shell block with a `curl` in it of a Markdown page, in order; it may keep what it learns by `export` for those that follow. */
export function curlExamples(page: string): Example[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text, start, end }, index) => {
    if (!/^(sh|bash)$/.test(language) || !/(?:^|\(|\| )curl /m.test(text)) return [];
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

/** True for an example that changes nothing, so that it may be tried until it shows what was done a moment ago. */
export const isRead = ({ command }: Example): boolean => !/\s(-X|--request|-d|--data\S*)\s/.test(command);

/** The status that the page says: that of a refusal, which has it in its body; 2xx, which is `undefined`, for all else. */
export function statusOf({ answer }: Example): number | undefined {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return undefined;
  return 'status' in answer && typeof answer.status === 'number' ? answer.status : undefined;
}

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const randomId = /\b(hold|rule|count|transfer)_[0-9a-f]{32}\b/g;

/** A JSON value with every time and every random id made the same, because no two runs have the same ones. */
export function comparable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(time, '(a time)').replace(randomId, '$1_(an id)');
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]));
}
