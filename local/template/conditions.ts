import { type Json } from '../aws-service.ts';
import { type CfnTemplate } from './cloudformation.ts';
import { asList, asObject, asString } from './json.ts';

/** Where conditions are looked up, and how the values that they compare are resolved. */
export interface ConditionScope {
  readonly template: CfnTemplate;
  resolve(value: Json | undefined): Json | undefined;
}

/** Evaluates a condition: the name of one in the template, or a condition function. */
export function evaluateCondition(condition: Json, scope: ConditionScope): boolean {
  if (typeof condition === 'string') return evaluateNamed(condition, scope);
  const [operator = '', argument = null] = Object.entries(asObject(condition, 'A condition'))[0] ?? [];
  if (operator === 'Condition') return evaluateNamed(asString(argument, 'Condition'), scope);
  const operands = asList(argument, operator);
  switch (operator) {
    case 'Fn::Equals':
      return JSON.stringify(scope.resolve(operands[0])) === JSON.stringify(scope.resolve(operands[1]));
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

function evaluateNamed(name: string, scope: ConditionScope): boolean {
  const condition = scope.template.Conditions?.[name];
  if (condition === undefined) throw new Error(`Condition ${name} is not in the template`);
  return evaluateCondition(condition, scope);
}
