import { AwsError, type JsonObject } from '../aws-service.ts';

/** Calls one operation of DynamoDB or DynamoDB Streams; throws AwsError with the service's own code. */
export type DynamoDbCall = (operation: DynamoDbOperation, input: JsonObject) => Promise<JsonObject>;

/** `DynamoDB_20120810.GetItem`, `DynamoDBStreams_20120810.GetRecords` and so on. */
export type DynamoDbOperation = `${'DynamoDB' | 'DynamoDBStreams'}_20120810.${string}`;

/** Local emulators only look whether there is such a header. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** A plain AWS JSON client of a local endpoint, without the SDK's overhead. */
export function dynamoDbCall(endpoint: string): DynamoDbCall {
  return async (operation, input) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': operation,
        'x-amz-date': '20260101T000000Z',
        authorization: AUTHORIZATION,
      },
      body: JSON.stringify(input),
    });
    const body = (await response.json()) as JsonObject;
    if (response.ok) return body;
    const code = typeof body.__type === 'string' ? body.__type.slice(body.__type.indexOf('#') + 1) : 'InternalFailure';
    const message = body.message ?? body.Message;
    throw new AwsError(code, typeof message === 'string' ? message : code, response.status);
  };
}
