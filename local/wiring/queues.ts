import { type QueueDefinition } from '../sqs/queue.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { asString, isObject, numberOr } from '../template/json.ts';

/** Reads an `AWS::SQS::Queue`. */
export function queueDefinitionOf({ name, arn, properties, logicalId }: DeployedResource): QueueDefinition {
  const seconds = (property: string, fallback: number): number =>
    numberOr(properties[property], fallback, `${logicalId}.${property}`);
  const redrive = properties['RedrivePolicy'];
  return {
    name,
    arn,
    visibilityTimeoutSeconds: seconds('VisibilityTimeout', 30),
    messageRetentionSeconds: seconds('MessageRetentionPeriod', 345_600),
    delaySeconds: seconds('DelaySeconds', 0),
    fifo: properties['FifoQueue'] === true,
    contentBasedDeduplication: properties['ContentBasedDeduplication'] === true,
    ...(isObject(redrive)
      ? {
          redrive: {
            deadLetterArn: asString(redrive['deadLetterTargetArn'], `${logicalId}.RedrivePolicy`),
            maxReceiveCount: numberOr(redrive['maxReceiveCount'], 1, `${logicalId}.RedrivePolicy`),
          },
        }
      : {}),
  };
}
