import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The one DynamoDB client of a function, made at cold start so that its connections are reused. */
export const dynamoDb = new DynamoDBClient({ maxAttempts: 5 });
