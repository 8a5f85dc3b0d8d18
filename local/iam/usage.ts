import { type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';

/** Calls of one function to one operation of a service. */
export interface CallUsage {
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
  readonly calls: number;
  /** Entries of batches and transactions (a plain call is one). */
  readonly items: number;
  /** DynamoDB capacity, indexes included. */
  readonly readUnits: number;
  readonly writeUnits: number;
}

const reads = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

/** Counts AWS calls by caller, service and operation. */
export class CallCounter {
  private readonly usages = new Map<string, { -readonly [K in keyof CallUsage]: CallUsage[K] }>();

  record(caller: string, service: string, operation: string, items: number, answer: JsonObject): void {
    const key = `${caller} ${service} ${operation}`;
    const usage = this.usages.get(key) ?? {
      caller,
      service,
      operation,
      calls: 0,
      items: 0,
      readUnits: 0,
      writeUnits: 0,
    };
    this.usages.set(key, usage);
    usage.calls++;
    usage.items += items;
    const units = capacityUnits(answer);
    if (reads.has(operation)) usage.readUnits += units;
    else usage.writeUnits += units;
  }

  usage(): CallUsage[] {
    return [...this.usages.values()].map((usage) => ({ ...usage }));
  }

  reset(): void {
    this.usages.clear();
  }
}

function capacityUnits({ ConsumedCapacity }: JsonObject): number {
  return listOf(ConsumedCapacity).reduce<number>((sum, table) => {
    const units = isObject(table) ? table['CapacityUnits'] : undefined;
    return sum + (typeof units === 'number' ? units : 0);
  }, 0);
}

/** How many entries a call carries. */
export function itemCount(input: JsonObject): number {
  const list = input['TransactItems'] ?? input['Entries'];
  if (Array.isArray(list)) return list.length;
  const tables = input['RequestItems'];
  if (!isObject(tables)) return 1;
  return Object.values(tables).reduce<number>((sum, each) => {
    return sum + listOf(isObject(each) ? each['Keys'] : each).length;
  }, 0);
}
