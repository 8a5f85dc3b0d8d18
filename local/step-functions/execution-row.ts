import * as z from 'zod';

const text = z.string().nullable();

/** A row of `sfn_execution`: an execution as Describe shows it. Times are milliseconds, payloads JSON text. */
export const executionRow = z.object({
  id: z.number(),
  arn: z.string(),
  machine: z.string(),
  name: z.string(),
  digest: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  started: z.number(),
  stopped: z.number().nullable(),
  input: z.string(),
  output: text,
  error: text,
  cause: text,
});

export type ExecutionRow = z.output<typeof executionRow>;
