import { AwsError, type AwsService, type Json, type JsonObject } from '../aws-service.ts';

const targets: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB_20120810',
  sqs: 'AmazonSQS',
  events: 'AWSEvents',
  eventbridge: 'AWSEvents',
  sfn: 'AWSStepFunctions',
  states: 'AWSStepFunctions',
};

/** Lets tasks of a state machine call the twin's own services: `('dynamodb', 'updateItem', input)`. */
export function createIntegrations(services: () => readonly AwsService[]) {
  return async (service: string, action: string, input: JsonObject): Promise<Json> => {
    const target = services().find((each) => each.target === targets[service]);
    if (!target)
      throw new AwsError('UnknownOperationException', `The twin has no integration with ${service}:${action}`);
    return target.call(action.charAt(0).toUpperCase() + action.slice(1), input, '');
  };
}
