import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { parseJson } from '../../kernel/json.ts';
import { type Result } from '../../kernel/result.ts';
import { logger } from '../logger.ts';

/**
 * A Lambda function on a queue that somebody else writes to: each message by itself, its body as it came. What is refused or fails comes again
 * alone, and after the queue's limit goes to its dead letters. Messages come at least once and in any order, so `take` must be idempotent.
 */
export const queueConsumer = (take: (body: string) => Promise<Result<unknown>>) =>
  middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const outcomes = await Promise.allSettled(Records.map(async ({ body }) => take(body)));
    const failures = Records.flatMap(({ messageId }, index) => {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled' && outcome.value.ok) return [];
      const why =
        outcome?.status === 'fulfilled' && !outcome.value.ok
          ? { refusal: outcome.value.refusal }
          : { error: outcome?.status === 'rejected' ? (outcome.reason as Error) : new Error('no outcome') };
      logger.error('a message was not taken', { messageId, ...why });
      return [{ itemIdentifier: messageId }];
    });
    return { batchItemFailures: failures };
  });

/**
 * A Lambda function on a queue of our own: each message by itself, as what it says and under its id, which is the same when it comes again. What fails
 * comes again alone, and after the queue's limit goes to its dead letters.
 */
export const messageConsumer = <T>(message: z.ZodType<T>, consume: (message: T, messageId: string) => Promise<void>) =>
  middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const outcomes = await Promise.allSettled(
      Records.map(async ({ body, messageId }) => consume(message.parse(parseJson(body)), messageId)),
    );
    const failures = Records.flatMap(({ messageId }, index) => {
      const outcome = outcomes[index];
      if (outcome?.status !== 'rejected') return [];
      logger.error('a message was not worked off', { messageId, error: outcome.reason as Error });
      return [{ itemIdentifier: messageId }];
    });
    return { batchItemFailures: failures };
  });
