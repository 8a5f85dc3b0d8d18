import { type Json } from '../aws-service.ts';

/** Reads a path as input paths use it (`$`, `$.detail.lines[1].sku`, `$['detail-type']`); undefined if there is nothing there. */
export function readPath(event: Json, path: string): Json | undefined {
  const steps = path.replace(/^\$/, '').matchAll(/\.?([^.[\]]+)|\[(?:'([^']*)'|(\d+))\]/g);
  let value: Json | undefined = event;
  for (const [, name, quoted, index] of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key: string = name ?? quoted ?? index ?? '';
    value = Array.isArray(value) ? value[Number(key)] : Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
