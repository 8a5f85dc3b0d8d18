import { AwsError, type InvokeResult, type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';

/** A part of the account that can be down, by its kind and physical name; a service by its target (`AWSEvents`, `secretsmanager`). */
export type Part = `table:${string}` | `queue:${string}` | `function:${string}` | `service:${string}`;

/**
 * Parts of the account that are down at the moment: a test takes them down and up again while the twin runs. A table and a service refuse every
 * call with 500, a queue takes no message of the bus, a function fails on every invocation without having done anything.
 */
export class Outages {
  private readonly down = new Map<Part, number>();
  private readonly refused = new Map<Part, number>();
  private readonly seesTables: boolean;

  /** @param seesTables whether calls to DynamoDB are checked: those that take no detour through the twin are not seen */
  constructor({ seesTables }: { readonly seesTables: boolean }) {
    this.seesTables = seesTables;
  }

  /**
   * Takes a part down; up again with the function that comes back. Two outages of one part are over when both are.
   * @throws Error for a table whose calls are not seen
   */
  begin(part: Part): () => void {
    if (part.startsWith('table:') && !this.seesTables)
      throw new Error(`${part} cannot be taken down: start the twin with enforceIam or countCalls`);
    this.down.set(part, (this.down.get(part) ?? 0) + 1);
    return () => {
      const left = (this.down.get(part) ?? 0) - 1;
      if (left > 0) this.down.set(part, left);
      else this.down.delete(part);
    };
  }

  /** How often a part that was down was asked for something, in all its outages. */
  refusals(part: Part): number {
    return this.refused.get(part) ?? 0;
  }

  /** @throws AwsError as the part answers while it is down: `InternalServerError`, 500 */
  check(...parts: readonly Part[]): void {
    const part = parts.find((one) => this.down.has(one));
    if (part === undefined) return;
    this.refused.set(part, this.refusals(part) + 1);
    throw new AwsError('InternalServerError', `${part} is down.`, 500);
  }

  /** Checks a call of a function: the service that it goes to, and every table that it names. */
  checkCall(target: string, input: JsonObject): void {
    if (this.down.size > 0) this.check(`service:${target}`, ...tablesOf(input).map((name): Part => `table:${name}`));
  }

  /** What an invocation of a function that is down comes back with; nothing while it is up. */
  failureOf(functionName: string): InvokeResult | undefined {
    try {
      this.check(`function:${functionName}`);
      return undefined;
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { payload: { errorType: 'Outage', errorMessage }, functionError: 'Unhandled' };
    }
  }
}

/** The tables that a call of DynamoDB names: its own, those of its actions, those of its batch. */
function tablesOf({ TableName, TransactItems, RequestItems }: JsonObject): string[] {
  const actions = listOf(TransactItems).flatMap((action) => (isObject(action) ? Object.values(action) : []));
  const named = actions.map((action) => (isObject(action) ? action['TableName'] : undefined));
  const batched = isObject(RequestItems) ? Object.keys(RequestItems) : [];
  return [TableName, ...named, ...batched].filter((name) => typeof name === 'string');
}
