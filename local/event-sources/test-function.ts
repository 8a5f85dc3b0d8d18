import { type InvokeFunction, type Json } from '../aws-service.ts';

/** One record as these tests look at it. */
export interface TestRecord {
  readonly messageId?: string;
  readonly body?: string;
  readonly dynamodb?: { readonly SequenceNumber: string; readonly Keys: { readonly pk: { readonly S: string } } };
}

/** What a test function does with a batch: returns the payload, or throws to fail. */
export type TestHandler = (records: readonly TestRecord[]) => Json | undefined | Promise<Json | undefined>;

/** A deployed function that is a closure of the test. */
export function invokeOf(handler: TestHandler): InvokeFunction {
  return async (_name, payload) => {
    const { Records } = payload as unknown as { Records: TestRecord[] };
    try {
      return { payload: (await handler(Records)) ?? null };
    } catch (error) {
      return { payload: { errorMessage: String(error), errorType: 'Error' }, functionError: 'Unhandled' };
    }
  };
}

/** Sequence numbers of a stream batch. */
export function sequenceNumbers(records: readonly TestRecord[]): number[] {
  return records.map((record) => Number(record.dynamodb?.SequenceNumber));
}
