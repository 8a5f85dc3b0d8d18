import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const retrier = z.looseObject({ ErrorEquals: z.array(z.string()), MaxAttempts: z.int().optional() });
const catcher = z.looseObject({ ErrorEquals: z.array(z.string()), Next: z.string() });
const seconds = z.union([z.int().positive(), z.string().startsWith('{%')]);

/** A state as these definitions use it: tasks on Lambda functions, choices and ends. */
const state = z.discriminatedUnion('Type', [
  z.strictObject({
    Type: z.literal('Task'),
    Comment: z.string(),
    Resource: z.enum(['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']),
    Arguments: z.strictObject({
      FunctionName: z.string().regex(/^\$\{\w+\}$/),
      Payload: z.record(z.string(), z.string()),
    }),
    TimeoutSeconds: seconds,
    HeartbeatSeconds: seconds.optional(),
    Retry: z.array(retrier).min(1),
    Catch: z.array(catcher).optional(),
    Output: z.string(),
    Next: z.string().optional(),
    End: z.literal(true).optional(),
  }),
  z.strictObject({
    Type: z.literal('Choice'),
    Choices: z.array(z.strictObject({ Condition: z.string(), Next: z.string() })).min(1),
    Default: z.string(),
  }),
  z.strictObject({ Type: z.literal('Succeed') }),
]);
const machine = z.strictObject({
  Comment: z.string(),
  QueryLanguage: z.literal('JSONata'),
  StartAt: z.string(),
  States: z.record(z.string(), state),
});

/** A state machine's definition, as far as its tests look into it. */
export type Machine = z.infer<typeof machine>;
/** One of its states. */
export type State = Machine['States'][string];
/** A state that calls a function. */
export type TaskState = Extract<State, { Type: 'Task' }>;

/** The processes, by the name of their folder. */
export const machineNames = ['order', 'fulfillment', 'return'] as const;

/** A file beside a definition, as text. */
export const textOf = (name: string, file: string): string =>
  readFileSync(path.join(import.meta.dirname, name, file), 'utf8');

/** Reads a definition. It states a timeout and a retry for every task, or it is refused. */
export const readMachine = (name: string): Machine => machine.parse(JSON.parse(textOf(name, `${name}.asl.json`)));

/** Its task states, with their names. */
export const taskStates = ({ States }: Machine): [name: string, state: TaskState][] =>
  Object.entries(States).filter((entry): entry is [string, TaskState] => entry[1].Type === 'Task');

/** The contract's name that a task state calls. */
export const taskNameOf = ({ Arguments }: TaskState): string => Arguments.FunctionName.slice(2, -1);
