import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type JsonObject } from '../aws-service.ts';
import { definitionSchema, type Definition, type Flow, type State } from './definition.ts';
import { compile, isExpression } from './expressions.ts';
import { parseTaskResource } from './task-resource.ts';

/** A state machine to deploy. */
export interface MachineInput {
  arn: string;
  name: string;
  /** The definition with every substitution already made. */
  definition: JsonObject;
  roleArn: string;
}

/** A state machine ready to run. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: Definition;
  /** The definition as it was given, in JSON. */
  readonly source: string;
  /** Names this very definition: a running execution keeps the one it began with. */
  readonly digest: string;
}

/** A definition the interpreter refuses; the message names every reason. */
export class DefinitionError extends Error {
  readonly reasons: string[];

  constructor(machine: string, reasons: string[]) {
    super(`State machine ${machine} is refused: ${reasons.join('; ')}`);
    this.name = 'DefinitionError';
    this.reasons = reasons;
  }
}

function* flowsOf(flow: Flow, path: string): Generator<{ flow: Flow; path: string }> {
  yield { flow, path };
  for (const [name, state] of Object.entries(flow.States)) {
    if (state.Type === 'Map') yield* flowsOf(state.ItemProcessor, `${path}/${name}`);
    if (state.Type === 'Parallel') {
      for (const [index, branch] of state.Branches.entries()) yield* flowsOf(branch, `${path}/${name}[${index}]`);
    }
  }
}

function* targetsOf(state: State): Generator<string> {
  if ('Next' in state && state.Next !== undefined) yield state.Next;
  if ('Catch' in state) for (const { Next } of state.Catch) yield Next;
  if (state.Type !== 'Choice') return;
  for (const { Next } of state.Choices) yield Next;
  if (state.Default !== undefined) yield state.Default;
}

function* flowProblems({ flow, path }: { flow: Flow; path: string }): Generator<string> {
  if (!(flow.StartAt in flow.States)) yield `${path}/StartAt names no state: ${flow.StartAt}`;
  for (const [name, state] of Object.entries(flow.States)) {
    const at = `${path}/${name}`;
    for (const target of targetsOf(state)) if (!(target in flow.States)) yield `${at} leads to no state: ${target}`;
    if ('End' in state || 'Next' in state) {
      if ((state.End === undefined) === (state.Next === undefined)) yield `${at} needs either Next or End`;
    } else if (!['Succeed', 'Fail', 'Choice'].includes(state.Type)) yield `${at} needs either Next or End`;
    if (state.Type === 'Task' && parseTaskResource(state.Resource) === undefined) {
      yield `${at}: Resource ${state.Resource} is not supported`;
    }
    if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined)) {
      yield `${at} needs either Seconds or Timestamp`;
    }
  }
}

function* expressionProblems(value: unknown, path: string): Generator<string> {
  if (isExpression(value)) {
    try {
      compile(value);
    } catch (error) {
      const { message } = z.object({ message: z.string() }).parse(error);
      yield `${path}: ${value} is no JSONata: ${message}`;
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) yield* expressionProblems(member, `${path}/${key}`);
  }
}

const otherQueryLanguage = (definition: JsonObject): string[] =>
  definition['QueryLanguage'] === 'JSONata'
    ? []
    : [`QueryLanguage ${JSON.stringify(definition['QueryLanguage'] ?? 'JSONPath')} is not supported, only "JSONata"`];

/** Reads a definition. Throws {@link DefinitionError} for anything the interpreter would not run as AWS does. */
export function parseMachine(input: MachineInput): Machine {
  const language = otherQueryLanguage(input.definition);
  if (language.length > 0) throw new DefinitionError(input.name, language);
  const parsed = definitionSchema.safeParse(input.definition);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`);
    throw new DefinitionError(input.name, reasons);
  }
  const problems = [
    ...[...flowsOf(parsed.data, '')].flatMap((flow) => [...flowProblems(flow)]),
    ...expressionProblems(input.definition, ''),
  ];
  if (problems.length > 0) throw new DefinitionError(input.name, problems);
  const { arn, name, roleArn } = input;
  const source = JSON.stringify(input.definition);
  const digest = createHash('sha256').update(`${arn}\n${source}`).digest('base64url').slice(0, 22);
  return { arn, name, roleArn, definition: parsed.data, source, digest };
}
