import * as z from 'zod';
import { type JsonObject } from '../aws-service.ts';

const json = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);
const expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'must be a JSONata expression {% … %}');
const timeout = z.union([z.int().min(1).max(99_999_999), expression]);
const seconds = z.union([z.int().min(0).max(99_999_999), expression]);

const retrier = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.int().positive().max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().positive().max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
  Comment: z.string().optional(),
});

const outcome = { Output: json.optional(), Assign: jsonObject.optional() };

const catcher = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  Comment: z.string().optional(),
  ...outcome,
});

const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() };
const onward = { Next: z.string().optional(), End: z.literal(true).optional() };
const recovery = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).default([]) };

const pass = z.strictObject({ Type: z.literal('Pass'), ...common, ...outcome, ...onward });
const succeed = z.strictObject({ Type: z.literal('Succeed'), ...common, Output: json.optional() });
const fail = z.strictObject({
  Type: z.literal('Fail'),
  ...common,
  Error: z.string().default('States.Failed'),
  Cause: z.string().default(''),
});
const choiceRule = z.strictObject({
  Condition: z.union([z.boolean(), expression]),
  Next: z.string(),
  Comment: z.string().optional(),
  ...outcome,
});
const choice = z.strictObject({
  Type: z.literal('Choice'),
  ...common,
  ...outcome,
  Choices: z.array(choiceRule).min(1),
  Default: z.string().optional(),
});
const wait = z.strictObject({
  Type: z.literal('Wait'),
  ...common,
  ...outcome,
  ...onward,
  Seconds: seconds.optional(),
  Timestamp: z.string().optional(),
});
const task = z.strictObject({
  Type: z.literal('Task'),
  ...common,
  ...outcome,
  ...onward,
  ...recovery,
  Resource: z.string(),
  Arguments: json.optional(),
  TimeoutSeconds: timeout.optional(),
  HeartbeatSeconds: timeout.optional(),
});

const flow: z.ZodType<Flow> = z.lazy(() =>
  z.strictObject({ ...flowFields, ProcessorConfig: processorConfig.optional() }),
);
const processorConfig = z.strictObject({ Mode: z.literal('INLINE').optional() });
const parallel = z.strictObject({
  Type: z.literal('Parallel'),
  ...common,
  ...outcome,
  ...onward,
  ...recovery,
  Arguments: json.optional(),
  Branches: z.array(flow).min(1),
});
const map = z.strictObject({
  Type: z.literal('Map'),
  ...common,
  ...outcome,
  ...onward,
  ...recovery,
  Items: z.union([z.array(json), expression]).optional(),
  ItemSelector: json.optional(),
  ItemProcessor: flow,
  MaxConcurrency: z.union([z.int().min(0), expression]).optional(),
  ToleratedFailureCount: z.union([z.int().min(0), expression]).optional(),
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expression]).optional(),
});

const state = z.discriminatedUnion('Type', [pass, succeed, fail, choice, wait, task, parallel, map]);
const flowFields = {
  StartAt: z.string(),
  States: z.record(z.string(), state),
  Comment: z.string().optional(),
  QueryLanguage: z.literal('JSONata').optional(),
};

/** The shape of a whole state machine. Strict: a field the interpreter does not know is refused, never ignored. */
export const definitionSchema = z.strictObject({
  ...flowFields,
  QueryLanguage: z.literal('JSONata'),
  Version: z.literal('1.0').optional(),
  TimeoutSeconds: z.int().positive().max(99_999_999).optional(),
});

/** A machine as AWS keeps it, after its defaults were filled in. */
export type Definition = z.output<typeof definitionSchema>;

/** States from `StartAt` on: a whole machine, a branch of a Parallel, or what a Map does with each item. */
export interface Flow {
  StartAt: string;
  States: Record<string, State>;
}

export type State = z.output<typeof state>;
export type FailState = z.output<typeof fail>;
export type ChoiceState = z.output<typeof choice>;
export type WaitState = z.output<typeof wait>;
export type TaskState = z.output<typeof task>;
export type ParallelState = z.output<typeof parallel>;
export type MapState = z.output<typeof map>;
export type Retrier = z.output<typeof retrier>;
export type Catcher = z.output<typeof catcher>;
