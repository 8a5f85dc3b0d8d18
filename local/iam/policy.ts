import { type Statement } from './statements.ts';
import { matchesPattern } from './wildcard.ts';

/** One right that a call needs. */
export interface Need {
  /** IAM action, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** Partition keys that the call touches, where it says so. */
  readonly leadingKeys?: readonly string[];
}

/** Whether statements grant a need: at least one allows it and none denies it. */
export function allows(statements: readonly Statement[], need: Need): boolean {
  let isAllowed = false;
  for (const statement of statements) {
    if (!applies(statement, need)) continue;
    if (statement.effect === 'Deny') return false;
    isAllowed = true;
  }
  return isAllowed;
}

function applies(statement: Statement, { action, resource, leadingKeys }: Need): boolean {
  return (
    statement.actions.some((pattern) => matchesPattern(pattern, action, true)) &&
    statement.resources.some((pattern) => matchesPattern(pattern, resource)) &&
    (statement.leadingKeys === undefined || keysMatch(statement.leadingKeys, leadingKeys ?? []))
  );
}

/** `ForAllValues` holds for no values at all, as in AWS; a Scan thus needs its own refusal. */
function keysMatch(patterns: readonly string[], keys: readonly string[]): boolean {
  return keys.every((key) => patterns.some((pattern) => matchesPattern(pattern, key)));
}
