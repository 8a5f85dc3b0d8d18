import { Pool } from 'undici';
import { AwsError, type AwsService, type JsonObject } from '../aws-service.ts';
import { asObject, parseJson } from '../template/json.ts';

/** DynamoDB behind the twin's own endpoint, where calls are checked and counted before they go to the real one. */
export interface DynamoDbProxy extends AwsService {
  close(): Promise<void>;
}

const target = 'DynamoDB_20120810';

/** The signature is checked for presence only. */
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=twin/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/** Forwards calls to the DynamoDB endpoint; its errors come back whole, as `DynamoDbError`. */
export function createDynamoDbProxy(endpoint: string): DynamoDbProxy {
  const pool = new Pool(endpoint, { connections: 64, pipelining: 1 });
  return {
    target,
    call: async (operation, input) => {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/',
        headers: { ...headers, 'x-amz-target': `${target}.${operation}` },
        body: JSON.stringify(input),
      });
      const answer = asObject(parseJson(await body.text()), `${operation} answer`);
      if (statusCode !== 200) throw new DynamoDbError(answer, statusCode);
      return answer;
    },
    close: () => pool.destroy(),
  };
}

/** An error as DynamoDB answered it, with whatever it says besides code and message (cancellation reasons, the item). */
export class DynamoDbError extends AwsError {
  readonly answer: JsonObject;

  constructor(answer: JsonObject, status: number) {
    const type = typeof answer['__type'] === 'string' ? answer['__type'] : 'InternalFailure';
    const message = answer['message'] ?? answer['Message'];
    super(type.slice(type.lastIndexOf('#') + 1), typeof message === 'string' ? message : '', status);
    this.answer = answer;
  }
}
