/** A table: its columns, and a row's cells in their order. */
export interface Table {
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a benchmark found: tables, and sentences before them. */
export interface Findings {
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
}

/** A number as tables show it: as many digits as say something. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  const rounded = value.toFixed(Number.isInteger(value) ? 0 : digits);
  return rounded.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A table in Markdown; numbers stand to the right. */
export function markdownTable({ title, columns, rows }: Table): string {
  const isNumber = columns.map((_, index) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number'));
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? figure(cell) : cell.replaceAll('|', '\\|'))).join(' | ')} |`;
  const rule = `| ${isNumber.map((right) => (right ? '--:' : '---')).join(' | ')} |`;
  return [...(title === undefined ? [] : [`**${title}**`, '']), line(columns), rule, ...rows.map(line)].join('\n');
}

/** A benchmark's part of the results file, between its markers. */
export function section(name: string, { notes, tables }: Findings): string {
  const parts = [`## ${name}`, ...notes, ...tables.map(markdownTable)];
  return `<!-- bench:${name} -->\n${parts.join('\n\n')}\n<!-- /bench:${name} -->`;
}

/** The results with one benchmark's part replaced, or added at the end; everything else stays as it is. */
export function withSection(results: string, name: string, findings: Findings): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = results.indexOf(begin);
  const to = results.indexOf(end, from);
  const part = section(name, findings);
  if (from < 0 || to < 0) return `${results.trimEnd()}\n\n${part}\n`.trimStart();
  return results.slice(0, from) + part + results.slice(to + end.length);
}
