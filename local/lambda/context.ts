import type { Context } from 'aws-lambda';
import { logGroupOf, logStreamName } from './environment.ts';
import { type HostedFunction, type InvokeMessage } from './protocol.ts';

/** Lambda's context without the callbacks that it dropped with Node.js 24. */
export type LambdaContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

/** The context object that a handler gets as its second argument. */
export function contextOf(hosted: HostedFunction, { requestId, deadline }: InvokeMessage): LambdaContext {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: hosted.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: hosted.arn,
    memoryLimitInMB: String(hosted.memoryMb),
    awsRequestId: requestId,
    logGroupName: logGroupOf(hosted.name),
    logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
