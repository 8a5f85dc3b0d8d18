import { type Json, type JsonObject } from '../aws-service.ts';
import { asObject, isObject, listOf, stringsOf } from '../template/json.ts';

/** One statement of a policy, of the kind the twin evaluates. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Patterns that every partition key of the call has to match (`ForAllValues:StringEquals|StringLike dynamodb:LeadingKeys`). */
  readonly leadingKeys?: readonly string[];
}

const understoodKeys = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/** Reads a policy document; throws, naming `where`, on a form that the twin does not evaluate. */
export function parseStatements(document: JsonObject, where: string): Statement[] {
  return listOf(document['Statement']).map((item) => parseStatement(asObject(item, `${where}: Statement`), where));
}

function parseStatement(statement: JsonObject, where: string): Statement {
  for (const key of Object.keys(statement)) {
    if (!understoodKeys.has(key)) throw new Error(`${where}: ${key} is not supported by the twin`);
  }
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`${where}: Effect ${JSON.stringify(effect)} is unknown`);
  const leadingKeys = leadingKeysOf(statement['Condition'], where);
  return {
    effect,
    actions: stringsOf(statement['Action'], `${where}: Action`),
    resources: stringsOf(statement['Resource'], `${where}: Resource`),
    ...(leadingKeys ? { leadingKeys } : {}),
  };
}

const leadingKeyOperators = new Set(['ForAllValues:StringEquals', 'ForAllValues:StringLike']);

function leadingKeysOf(condition: Json | undefined, where: string): string[] | undefined {
  if (!isObject(condition)) return undefined;
  const pairs = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(asObject(keys, `${where}: Condition`)).map(([key, values]) => ({ operator, key, values })),
  );
  const strange = pairs.find(
    ({ operator, key }) => !leadingKeyOperators.has(operator) || key !== 'dynamodb:LeadingKeys',
  );
  if (strange) throw new Error(`${where}: condition ${strange.operator} ${strange.key} is not supported by the twin`);
  return pairs.flatMap(({ values }) => stringsOf(values, `${where}: dynamodb:LeadingKeys`));
}
