import { type Json } from '../aws-service.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { asList, asObject, asString } from './json.ts';

/** Evaluates a condition: the name of one in the template, or a condition function. */
export function evaluateCondition(condition: Json, scope: Scope): boolean {
  if (typeof condition === 'string') return evaluateNamed(condition, scope);
  const [operator = '', argument = null] = Object.entries(asObject(condition, 'A condition'))[0] ?? [];
  if (operator === 'Condition') return evaluateNamed(asString(argument, 'Condition'), scope);
  const operands = asList(argument, operator);
  switch (operator) {
    case 'Fn::Equals':
      return JSON.stringify(resolve(operands[0], scope)) === JSON.stringify(resolve(operands[1], scope));
    case 'Fn::And':
      return operands.every((operand) => evaluateCondition(operand, scope));
    case 'Fn::Or':
      return operands.some((operand) => evaluateCondition(operand, scope));
    case 'Fn::Not':
      return !evaluateCondition(operands[0] ?? null, scope);
    default:
      throw new Error(`Condition function ${operator} is not supported by the twin`);
  }
}

function evaluateNamed(name: string, scope: Scope): boolean {
  const condition = scope.template.Conditions?.[name];
  if (condition === undefined) throw new Error(`Condition ${name} is not in the template`);
  return evaluateCondition(condition, scope);
}
