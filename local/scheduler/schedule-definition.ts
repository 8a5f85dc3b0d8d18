import * as z from 'zod';

export const scheduleDefinitionSchema = z.object({
  name: z.string(),
  expression: z.string(),
  timezone: z.string().optional(),
  targetArn: z.string(),
  input: z.string().optional(),
  state: z.enum(['ENABLED', 'DISABLED']),
  ruleArn: z.string().optional(),
  deadLetterArn: z.string().optional(),
  maximumRetryAttempts: z.number().optional(),
  maximumEventAgeSeconds: z.number().optional(),
  deleteAfterCompletion: z.boolean().optional(),
});

/**
 * Something that runs by the clock: a rule with a schedule expression (give its `ruleArn`) or an EventBridge Scheduler schedule.
 * `expression` is rate(…), cron(…) or at(…), in `timezone` (UTC without it). Without `input` the target gets the service's own
 * "Scheduled Event". Retries: 185 times within 24 hours without the maximums.
 */
export type ScheduleDefinition = z.infer<typeof scheduleDefinitionSchema>;

/** A definition that cannot run is refused when it is made. */
export function readDefinition(json: string): ScheduleDefinition {
  return scheduleDefinitionSchema.parse(JSON.parse(json));
}
