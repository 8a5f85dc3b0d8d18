import { type Json, type JsonObject } from '../aws-service.ts';
import { type CfnTemplate } from './cloudformation.ts';
import { type ConditionScope, evaluateCondition } from './conditions.ts';
import { asList, asObject, asString, isObject, stringsOf } from './json.ts';

/** What intrinsic functions look things up in. `undefined` from `ref` means AWS::NoValue. */
export interface Scope {
  readonly template: CfnTemplate;
  readonly availabilityZones: readonly string[];
  ref(logicalId: string): Json | undefined;
  attribute(logicalId: string, attribute: string): Json;
  importValue(exportName: string): Json;
  /** Rewrites text that only has a meaning in the cloud, such as the API's host name. */
  localize(text: string): string;
}

type Intrinsic = (argument: Json, scope: Scope) => Json | undefined;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (id, scope) => scope.ref(asString(id, 'Ref')),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (text, scope) => Buffer.from(asString(resolve(text, scope), 'Fn::Base64')).toString('base64'),
  'Fn::GetAZs': (_region, scope) => [...scope.availabilityZones],
  'Fn::ImportValue': (name, scope) => scope.importValue(asString(resolve(name, scope), 'Fn::ImportValue')),
};

/** The scope as conditions need it. */
export const conditionScope = (scope: Scope): ConditionScope => ({
  template: scope.template,
  resolve: (value) => resolve(value, scope),
});

/** Resolves every intrinsic function in a value. `undefined` (AWS::NoValue) drops out of objects and lists. */
export function resolve(value: Json | undefined, scope: Scope): Json | undefined {
  if (typeof value === 'string') return withoutDynamicReference(value);
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (key !== undefined && others.length === 0) {
    const intrinsic = intrinsics[key];
    if (intrinsic) return intrinsic(value[key] ?? null, scope);
    if (key.startsWith('Fn::')) throw new Error(`${key} is not supported by the twin`);
  }
  return resolveMembers(value, scope);
}

function resolveMembers(value: JsonObject, scope: Scope): JsonObject {
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const resolved = resolve(member, scope);
    if (resolved !== undefined) result[key] = resolved;
  }
  return result;
}

function withoutDynamicReference(text: string): string {
  if (text.includes('{{resolve:')) throw new Error(`Dynamic references are not supported by the twin: ${text}`);
  return text;
}

function getAtt(argument: Json, scope: Scope): Json {
  const [id = '', ...path] = typeof argument === 'string' ? argument.split('.') : stringsOf(argument, 'Fn::GetAtt');
  return scope.attribute(id, path.join('.'));
}

function join(argument: Json, scope: Scope): Json {
  const [separator, parts] = asList(argument, 'Fn::Join');
  const values = asList(resolve(parts, scope), 'Fn::Join').map((part) => textOf(part, 'Fn::Join'));
  return scope.localize(values.join(asString(separator, 'Fn::Join')));
}

function sub(argument: Json, scope: Scope): Json {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const variables = asObject(resolve(given ?? {}, scope), 'Fn::Sub');
  const filled = asString(text, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_match, escape: string, name: string) => {
    if (escape) return `\${${name}}`;
    const variable = variables[name];
    if (variable !== undefined) return textOf(variable, 'Fn::Sub');
    return textOf(name.includes('.') ? getAtt(name, scope) : scope.ref(name), `Fn::Sub \${${name}}`);
  });
  return scope.localize(filled);
}

function textOf(value: Json | undefined, what: string): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return asString(value, what);
}

function select(argument: Json, scope: Scope): Json {
  const [index, list] = asList(argument, 'Fn::Select');
  const chosen = asList(resolve(list, scope), 'Fn::Select')[Number(resolve(index, scope))];
  if (chosen === undefined) throw new Error(`Fn::Select is out of range: ${JSON.stringify(argument)}`);
  return chosen;
}

function split(argument: Json, scope: Scope): Json {
  const [separator, text] = asList(argument, 'Fn::Split');
  return asString(resolve(text, scope), 'Fn::Split').split(asString(separator, 'Fn::Split'));
}

function choose(argument: Json, scope: Scope): Json | undefined {
  const [condition, yes, no] = asList(argument, 'Fn::If');
  return resolve(evaluateCondition(condition ?? null, conditionScope(scope)) ? yes : no, scope);
}

function findInMap(argument: Json, scope: Scope): Json {
  const [map, top, second] = stringsOf(resolve(argument, scope), 'Fn::FindInMap');
  const found = scope.template.Mappings?.[map ?? '']?.[top ?? '']?.[second ?? ''];
  if (found === undefined) throw new Error(`Fn::FindInMap finds nothing: ${JSON.stringify(argument)}`);
  return found;
}
