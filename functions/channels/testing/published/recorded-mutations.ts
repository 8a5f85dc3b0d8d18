import { inputBytes, inputsIn } from '../../fixtures/inputs.ts';
import { argumentsOf } from '../graphql-arguments.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

let all: Map<string, unknown[]> | undefined;

/** What a field of GraphQL was given in recorded conversations with a shop, where the shop took it without an error. */
export function recordedArguments(name: string): readonly unknown[] {
  all ??= Map.groupBy(
    inputsIn('shopify/graphql-conformance').flatMap((file) => callsIn(JSON.parse(inputBytes(file).toString()))),
    (call) => call.name,
  ) as Map<string, unknown[]>;
  return (all.get(name) ?? []).map((call) => (isObject(call) ? call['body'] : undefined));
}

/** Calls wherever in a file they are: request and answer side by side, or the variables beside the mutation's answer. */
function callsIn(value: unknown): readonly { readonly name: string; readonly body: unknown }[] {
  if (!isObject(value)) return [];
  const { query, variables, response, mutation } = value;
  const inner = Object.values(value).flatMap(callsIn);
  if (typeof query === 'string' && isObject(variables) && isTaken(response)) return [argumentsOf(value), ...inner];
  const answered = isObject(mutation) && isObject(mutation['response']) ? mutation['response'] : {};
  const [field] = Object.keys(isObject(answered['data']) ? answered['data'] : {});
  return field !== undefined && isTaken(answered) ? [{ name: `GRAPHQL ${field}`, body: variables }, ...inner] : inner;
}

/** No errors of the request, none of the user. */
function isTaken(answer: unknown): boolean {
  if (!isObject(answer)) return true;
  return Object.entries(answer).every(
    ([name, value]) => !(/errors$/i.test(name) && Array.isArray(value) && value.length > 0) && isTaken(value),
  );
}
