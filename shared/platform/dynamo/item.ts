import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

/** An item, a key or expression values in DynamoDB's own form; what is undefined is left out. */
export const toItem = (value: object): Record<string, AttributeValue> =>
  marshall(Object.fromEntries(Object.entries(value)), { removeUndefinedValues: true });
