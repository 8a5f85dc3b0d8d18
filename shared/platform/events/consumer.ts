import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type EventContract, type EventMessage } from '../../contracts/define-event.ts';
import { parseJson } from '../../kernel/json.ts';
import { logger } from '../logger.ts';

/** The data that a contract's events carry. */
type MessageOf<C> = C extends EventContract<infer S> ? EventMessage<S['_zod']['output']> : never;

/**
 * A Lambda function that consumes events from its queue, each on its own: what fails comes again alone, and after the queue's limit goes
 * to its dead-letter queue. The parser is chosen by the event's type; a type that nobody subscribed to is a broken assumption.
 * Messages come at least once and in any order, so `consume` must be idempotent.
 */
export const eventConsumer = <const C extends readonly EventContract[]>(
  contracts: C,
  consume: (message: MessageOf<C[number]>) => Promise<void>,
) =>
  batchConsumer(contracts, async (messages) => {
    const outcomes = await Promise.allSettled(messages.map(async (message) => consume(message)));
    return outcomes.flatMap((outcome, index) => {
      const message = messages[index];
      if (outcome.status === 'fulfilled' || message === undefined) return [];
      logger.error('an event could not be consumed', { error: outcome.reason as Error, event: message.id });
      return [message.id];
    });
  });

/**
 * A Lambda function that consumes a whole batch of events at once (to coalesce them).
 * @param consume returns the ids of the messages that failed and must come again
 */
export const batchConsumer = <const C extends readonly EventContract[]>(
  contracts: C,
  consume: (messages: readonly MessageOf<C[number]>[]) => Promise<readonly string[]>,
) =>
  middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const read = Records.map((record) => ({ messageId: record.messageId, ...parse(contracts, record) }));
    const readable = read.flatMap(({ message, messageId }) =>
      message ? [{ message: message as MessageOf<C[number]>, messageId }] : [],
    );
    const failed = new Set(await consume(readable.map(({ message }) => message)));
    const again = [
      ...read.filter(({ message }) => message === undefined),
      ...readable.filter(({ message }) => failed.has(message.id)),
    ];
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });

/** An SQS record's body is the bus's envelope; its `detail` is the message. One that cannot be read fails alone, not its batch. */
function parse(contracts: readonly EventContract[], record: SQSRecord): { readonly message?: EventMessage } {
  try {
    const envelope = parseJson(record.body) as { readonly 'detail-type'?: unknown; readonly detail?: unknown };
    const contract = contracts.find(({ type }) => type === envelope['detail-type']);
    if (contract === undefined)
      throw new Error(`nobody here asked for events of type ${String(envelope['detail-type'])}`);
    return { message: contract.message.parse(envelope.detail) };
  } catch (error) {
    logger.error('an event could not be read', { error: error as Error, messageId: record.messageId });
    return {};
  }
}
