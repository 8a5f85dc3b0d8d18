import * as z from 'zod';
import { type Operation } from './operation.ts';
import { readPayload, readRequest } from './request.ts';

const taskToken = z.string().min(1).max(2048);
const successRequest = z.object({ taskToken, output: z.string() });
const failureRequest = z.object({ taskToken, error: z.string().optional(), cause: z.string().optional() });
const heartbeatRequest = z.object({ taskToken });

export const sendTaskSuccess: Operation = async ({ callbacks }, input) => {
  const { taskToken: token, output } = readRequest(successRequest, input);
  await callbacks.succeed(token, readPayload(output, 'InvalidOutput'));
  return {};
};

export const sendTaskFailure: Operation = async ({ callbacks }, input) => {
  const { taskToken: token, error, cause } = readRequest(failureRequest, input);
  await callbacks.fail(token, error, cause);
  return {};
};

export const sendTaskHeartbeat: Operation = async ({ callbacks }, input) => {
  await callbacks.heartbeat(readRequest(heartbeatRequest, input).taskToken);
  return {};
};
