import path from 'node:path';
import { entryPoints } from '../infra/assets/entry-points.ts';

const root = path.resolve(import.meta.dirname, '..');

/** What invokes a function: the folder of its handler (`http`, `events`, `tasks`, `streams`, …), by the function's name without its stage. */
export function triggers(): ReadonlyMap<string, string> {
  return new Map(entryPoints(root).map((entry) => [nameOf(entry), entry.split('/')[3] ?? '']));
}

/** `functions/orders/handlers/http/capture-order.ts` → `orders-capture-order`. */
export function nameOf(entry: string): string {
  const [, capability = '', , , file = ''] = entry.split('/');
  return `${capability}-${path.basename(file, '.ts')}`;
}

/** A function's name without the stage: `crossdock-local-orders-capture-order` → `orders-capture-order`. */
export const plainName = (functionName: string): string => functionName.replace(/^crossdock-local-/, '');
