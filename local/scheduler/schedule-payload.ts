import { randomUUID } from 'node:crypto';
import { eventTime, type EventOrigin } from '../event-bridge/envelope.ts';
import { type ScheduleDefinition } from './schedule-definition.ts';

/** The ARN of an EventBridge Scheduler schedule in the default group. */
export function scheduleArn(name: string, { accountId, region }: EventOrigin): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`;
}

/** What the target of a run gets: its input with the context attributes filled in, or the service's "Scheduled Event". */
export function schedulePayload(
  definition: ScheduleDefinition,
  scheduledAt: number,
  attempt: number,
  origin: EventOrigin,
): string {
  const arn = definition.ruleArn ?? scheduleArn(definition.name, origin);
  if (definition.input === undefined) return scheduledEvent(definition, scheduledAt, arn, origin);
  return definition.input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', eventTime(scheduledAt))
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}

function scheduledEvent(
  { ruleArn }: ScheduleDefinition,
  scheduledAt: number,
  arn: string,
  { accountId, region }: EventOrigin,
): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: ruleArn === undefined ? 'aws.scheduler' : 'aws.events',
    account: accountId,
    time: eventTime(scheduledAt),
    region,
    resources: [arn],
    detail: ruleArn === undefined ? '{}' : {},
  });
}
