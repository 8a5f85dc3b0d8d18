import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { type EventOrigin } from '../event-bridge/envelope.ts';
import { type ScheduleDefinition } from './schedule-definition.ts';
import { scheduleArn } from './schedule-payload.ts';
import { type Schedules } from './schedules.ts';

const bodySchema = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  StartDate: z.undefined('StartDate is not supported by the local scheduler').optional(),
  EndDate: z.undefined('EndDate is not supported by the local scheduler').optional(),
  Target: z.object({
    Arn: z.string(),
    Input: z.string().optional(),
    DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
    RetryPolicy: z
      .object({ MaximumRetryAttempts: z.number().optional(), MaximumEventAgeInSeconds: z.number().optional() })
      .optional(),
  }),
});

/** The REST API of EventBridge Scheduler: one schedule under `/schedules/NAME`. Throws AwsError as the service answers it. */
export function handleScheduleRest(
  schedules: Schedules,
  origin: EventOrigin,
  method: string,
  path: string,
  body: JsonObject = {},
): JsonObject {
  const name = decodeURIComponent(/^\/schedules\/([^/?]+)(?:\?|$)/.exec(path)?.[1] ?? '');
  if (name === '') throw new AwsError('UnsupportedOperation', `The twin's scheduler has no ${method} ${path}.`, 404);
  const existing = schedules.get(name);
  if (method === 'POST') {
    if (existing) throw new AwsError('ConflictException', `Schedule ${name} already exists.`, 409);
    return put(schedules, name, body, origin);
  }
  if (!existing) throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
  if (method === 'PUT') return put(schedules, name, body, origin);
  if (method === 'GET') return describe(existing, origin);
  if (method !== 'DELETE')
    throw new AwsError('UnsupportedOperation', `The twin's scheduler has no ${method} ${path}.`, 405);
  schedules.delete(name);
  return {};
}

function put(schedules: Schedules, name: string, body: JsonObject, origin: EventOrigin): JsonObject {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
  const { Target, ...rest } = parsed.data;
  const definition: ScheduleDefinition = {
    name,
    expression: rest.ScheduleExpression,
    timezone: rest.ScheduleExpressionTimezone,
    state: rest.State,
    deleteAfterCompletion: rest.ActionAfterCompletion === 'DELETE',
    targetArn: Target.Arn,
    input: Target.Input,
    deadLetterArn: Target.DeadLetterConfig?.Arn,
    maximumRetryAttempts: Target.RetryPolicy?.MaximumRetryAttempts,
    maximumEventAgeSeconds: Target.RetryPolicy?.MaximumEventAgeInSeconds,
  };
  try {
    schedules.set(definition, true);
  } catch (error) {
    throw new AwsError('ValidationException', error instanceof Error ? error.message : String(error));
  }
  return { ScheduleArn: scheduleArn(name, origin) };
}

function describe(definition: ScheduleDefinition, origin: EventOrigin): JsonObject {
  return {
    Name: definition.name,
    GroupName: 'default',
    Arn: scheduleArn(definition.name, origin),
    ScheduleExpression: definition.expression,
    ScheduleExpressionTimezone: definition.timezone ?? 'UTC',
    State: definition.state,
    ActionAfterCompletion: definition.deleteAfterCompletion ? 'DELETE' : 'NONE',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: definition.targetArn, Input: definition.input },
  };
}
