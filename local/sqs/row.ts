import { type SQLOutputValue } from 'node:sqlite';

/** A row as `node:sqlite` answers it. */
export type Row = Record<string, SQLOutputValue>;

/** A TEXT column; throws if it is anything else. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds ${typeof value}, not text`);
  return value;
}

/** A TEXT column that may be NULL. */
export function textOrUndefined(row: Row, column: string): string | undefined {
  return row[column] == null ? undefined : text(row, column);
}

/** An INTEGER column; throws if it is anything else. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds ${typeof value}, not an integer`);
  return value;
}

/** An INTEGER column that may be NULL. */
export function integerOrUndefined(row: Row, column: string): number | undefined {
  return row[column] == null ? undefined : integer(row, column);
}
