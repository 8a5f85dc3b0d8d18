import * as z from 'zod';
import { type TableName } from '../model/entities.ts';

/** The environment variable that carries a table's physical name; infra sets it together with the grant. */
export const tableVariable = (table: TableName): string => `TABLE_${table.toUpperCase()}`;

/** The environment variable that carries the URL of a queue of ours; infra sets it together with the grant. */
export const queueVariable = (queue: string): string => `QUEUE_${queue.toUpperCase().replaceAll('-', '_')}`;

/** The environment variable with the namespace of a function's metrics. */
export const metricsVariable = 'METRICS_NAMESPACE';

/** The environment variable with the beginning of the names of channels' secrets; infra sets it together with the grant. */
export const secretsPrefixVariable = 'SECRETS_PREFIX';

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

/**
 * A whole number of seconds from the environment.
 * @throws Error that names the variable when it is missing or no such number
 */
export function secondsFromEnvironment(name: string): number {
  const seconds = Number(fromEnvironment(name));
  if (!Number.isSafeInteger(seconds) || seconds < 1)
    throw new Error(`environment variable ${name} must be a whole number of seconds`);
  return seconds;
}
