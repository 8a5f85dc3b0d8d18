import { type Json } from '../aws-service.ts';
import { type TargetInput } from './input-transformer.ts';

/** An event bus as the template declares it. */
export interface BusDefinition {
  readonly name: string;
  readonly arn: string;
}

/** One target of a rule. */
export interface EventTarget extends TargetInput {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn?: string;
  readonly retryPolicy?: { readonly maximumRetryAttempts?: number; readonly maximumEventAgeSeconds?: number };
  /** `SqsParameters.MessageGroupId`, for FIFO queues. */
  readonly messageGroupId?: string;
}

/** A rule with an event pattern; scheduled rules belong to the scheduler. */
export interface RuleDefinition {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
  readonly pattern: Json;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targets: readonly EventTarget[];
}

/** Why an event was given up; EventBridge puts it on the dead letter as message attributes. */
export interface DeliveryFailure {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAge';
  readonly retryAttempts: number;
}

/**
 * Hands one event to a queue, function or state machine. A rejection is tried again later. With `failure`, `arn` is the dead
 * letter queue.
 */
export type Deliver = (arn: string, payload: string, target: EventTarget, failure?: DeliveryFailure) => Promise<void>;

/** The SQS message attributes of a dead letter (EventBridge user guide, "Using dead-letter queues"). */
export function deadLetterAttributes(
  failure: DeliveryFailure,
): Record<string, { DataType: string; StringValue: string }> {
  const attribute = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
  return {
    RULE_ARN: attribute(failure.ruleArn),
    TARGET_ARN: attribute(failure.targetArn),
    ERROR_CODE: attribute(failure.errorCode),
    ERROR_MESSAGE: attribute(failure.errorMessage),
    EXHAUSTED_RETRY_CONDITION: attribute(failure.exhausted),
    RETRY_ATTEMPTS: attribute(String(failure.retryAttempts), 'Number'),
  };
}
