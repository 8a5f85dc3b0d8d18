import { type DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { type JsonObject } from '../aws-service.ts';
import { openDatabase } from '../sqs/test-queues.ts';
import { type ScheduleDefinition } from './schedule-definition.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

const MINUTE = 60_000;
const TARGET = 'arn:aws:lambda:us-east-1:000000000000:function:expire';
let now: number;
let db: DatabaseSync;
let fired: { arn: string; payload: string }[];
let failing: boolean;
const opened: Scheduler[] = [];

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  now = Date.parse('2026-03-01T00:00:00Z');
  db = openDatabase();
  fired = [];
  failing = false;
});
afterEach(() => {
  for (const scheduler of opened.splice(0)) scheduler.close();
});

function open(): Scheduler {
  const fire = (arn: string, payload: string): Promise<void> => {
    if (failing && arn === TARGET) return Promise.reject(new Error('down'));
    fired.push({ arn, payload });
    return Promise.resolve();
  };
  const scheduler = createScheduler({ db, fire, clock: () => now });
  opened.push(scheduler);
  return scheduler;
}

const everyFive: ScheduleDefinition = {
  name: 'expire-holds',
  expression: 'rate(5 minutes)',
  targetArn: TARGET,
  input: '{"job":"expire"}',
  state: 'ENABLED',
};

it('runs on schedule, each run once', async () => {
  const scheduler = open();
  scheduler.define(everyFive);
  await scheduler.runDue();
  expect(fired).toEqual([]);
  for (let minute = 0; minute < 11; minute++) {
    now += MINUTE;
    await scheduler.runDue();
  }
  expect(fired).toEqual([{ arn: TARGET, payload: '{"job":"expire"}' }, { arn: TARGET, payload: '{"job":"expire"}' }]); // prettier-ignore
});

it('makes up once, by its own timer, for runs missed while the process was down', async () => {
  open().define(everyFive);
  now += 63 * MINUTE;
  const restarted = open();
  restarted.define(everyFive);
  await eventually(() => fired[0]);
  now += MINUTE;
  await restarted.runDue();
  expect(fired).toHaveLength(1);
  now += MINUTE;
  await restarted.runDue();
  expect(fired).toHaveLength(2);
});

it('gives a target without input the Scheduled Event of its service', async () => {
  const scheduler = open();
  const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule/nightly';
  scheduler.define({ ...everyFive, expression: 'cron(0 3 * * ? *)', input: undefined, ruleArn });
  now = Date.parse('2026-03-01T03:00:20Z');
  await scheduler.runDue();
  expect(JSON.parse(fired[0]?.payload ?? '')).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    time: '2026-03-01T03:00:00Z',
    resources: [ruleArn],
    detail: {},
  });
});

it('does not run what is disabled, and starts anew when the expression changes', async () => {
  const scheduler = open();
  scheduler.define({ ...everyFive, state: 'DISABLED' });
  now += 10 * MINUTE;
  await scheduler.runDue();
  scheduler.define({ ...everyFive, expression: 'rate(1 hour)' });
  now += 59 * MINUTE;
  await scheduler.runDue();
  expect(fired).toEqual([]);
  now += MINUTE;
  await scheduler.runDue();
  expect(fired).toHaveLength(1);
});

it('tries a failed run again, then sends it to the dead letter queue', async () => {
  const scheduler = open();
  scheduler.define({ ...everyFive, maximumRetryAttempts: 2, deadLetterArn: 'dead' });
  failing = true;
  now += 5 * MINUTE;
  for (let attempt = 0; attempt < 3; attempt++) {
    await scheduler.runDue();
    now += 5_000;
  }
  expect(fired).toEqual([{ arn: 'dead', payload: '{"job":"expire"}' }]);
});

const oneShot: JsonObject = {
  ScheduleExpression: 'at(2026-03-01T01:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: { Arn: TARGET, RoleArn: 'role', Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
};

it('keeps a one-shot timer made over REST through a restart, runs it once and deletes it', async () => {
  const created = open().handleRest('POST', '/schedules/hold-1', oneShot);
  expect(created.ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/hold-1');
  const restarted = open();
  expect(restarted.handleRest('GET', '/schedules/hold-1')).toMatchObject({ Name: 'hold-1', State: 'ENABLED' });
  now += 60 * MINUTE;
  await restarted.runDue();
  await restarted.runDue();
  expect(fired).toEqual([{ arn: TARGET, payload: '{"at":"2026-03-01T01:00:00Z"}' }]);
  expect(() => restarted.handleRest('GET', '/schedules/hold-1')).toThrow('does not exist');
});

it('updates and deletes, and answers errors as the service does', async () => {
  const scheduler = open();
  scheduler.handleRest('POST', '/schedules/hold-1?groupName=default', oneShot);
  expect(() => scheduler.handleRest('POST', '/schedules/hold-1', oneShot)).toThrow('already exists');
  scheduler.handleRest('PUT', '/schedules/hold-1', { ...oneShot, ScheduleExpression: 'at(2026-03-02T01:00:00)' });
  now += 60 * MINUTE;
  await scheduler.runDue();
  expect(fired).toEqual([]);
  scheduler.handleRest('DELETE', '/schedules/hold-1');
  expect(() => scheduler.handleRest('DELETE', '/schedules/hold-1')).toThrow('does not exist');
  const bad = { ...oneShot, ScheduleExpression: 'sometimes' };
  expect(() => scheduler.handleRest('POST', '/schedules/x', bad)).toThrow('expected');
  expect(() => scheduler.handleRest('POST', '/schedules/x', { ...oneShot, EndDate: 1 })).toThrow(
    'EndDate is not supported',
  );
});
