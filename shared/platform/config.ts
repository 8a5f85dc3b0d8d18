import * as z from 'zod';
import { type TableName } from '../model/entities.ts';

/** The environment variable that carries a table's physical name; infra sets it together with the grant. */
export const tableVariable = (table: TableName): string => `TABLE_${table.toUpperCase()}`;

const text = z.string().min(1);

/**
 * Reads one environment variable.
 * @throws Error that names the variable: a function without its configuration must not start
 */
export function fromEnvironment(name: string): string {
  const value = text.safeParse(process.env[name]);
  if (!value.success) throw new Error(`environment variable ${name} is missing`);
  return value.data;
}

/** The physical name of a table. */
export const tableName = (table: TableName): string => fromEnvironment(tableVariable(table));
