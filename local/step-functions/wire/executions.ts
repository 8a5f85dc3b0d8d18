import * as z from 'zod';
import { AwsError, type JsonObject } from '../../aws-service.ts';
import { type ExecutionRow } from '../execution-row.ts';
import { type Executions } from '../executions.ts';
import { type Operation } from './operation.ts';
import { epochSeconds, maxResults, nextTokenOf, positionOf, readPayload, readRequest } from './request.ts';

const startRequest = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().default('{}'),
});
const stopRequest = z.object({
  executionArn: z.string(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const listRequest = z.object({
  stateMachineArn: z.string(),
  statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
  maxResults,
  nextToken: z.string().optional(),
});

/** An ARN's execution as it was committed. Throws `ExecutionDoesNotExist`. */
export function findExecution(executions: Executions, arn: string): ExecutionRow {
  const row = executions.byArn(arn);
  if (row === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return row;
}

const summary = (row: ExecutionRow): JsonObject => ({
  executionArn: row.arn,
  stateMachineArn: row.machine,
  name: row.name,
  status: row.status,
  startDate: epochSeconds(row.started),
  stopDate: row.stopped === null ? undefined : epochSeconds(row.stopped),
});

export const startExecution: Operation = async ({ engine }, input) => {
  const request = readRequest(startRequest, input);
  const payload = readPayload(request.input, 'InvalidExecutionInput');
  const { arn, startedMs } = await engine.start(request.stateMachineArn, payload, request.name);
  return { executionArn: arn, startDate: epochSeconds(startedMs) };
};

export const describeExecution: Operation = ({ executions }, input) => {
  const { executionArn } = readRequest(stopRequest, input);
  const row = findExecution(executions, executionArn);
  return {
    ...summary(row),
    input: row.input,
    inputDetails: { included: true },
    output: row.output ?? undefined,
    outputDetails: row.output === null ? undefined : { included: true },
    error: row.error ?? undefined,
    cause: row.cause ?? undefined,
    redriveCount: 0,
  };
};

export const stopExecution: Operation = async ({ engine, executions }, input) => {
  const { executionArn, error, cause } = readRequest(stopRequest, input);
  findExecution(executions, executionArn);
  const execution = engine.running.get(executionArn);
  if (execution !== undefined) {
    await engine.finish(execution, {
      status: 'ABORTED',
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
  }
  const { stopped } = findExecution(executions, executionArn);
  return { stopDate: epochSeconds(stopped ?? 0) };
};

export const listExecutions: Operation = ({ engine, executions }, input) => {
  const { stateMachineArn, statusFilter, maxResults: limit, nextToken } = readRequest(listRequest, input);
  if (!engine.machines.has(stateMachineArn)) {
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  }
  const beforeId = nextToken === undefined ? Number.MAX_SAFE_INTEGER : positionOf(nextToken);
  const query = { machine: stateMachineArn, beforeId, limit: limit + 1 };
  const rows = executions.list(statusFilter === undefined ? query : { ...query, status: statusFilter });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { executions: page.map(summary), nextToken: more ? nextTokenOf(last.id) : undefined };
};
