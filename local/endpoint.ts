import { type IncomingMessage, type ServerResponse } from 'node:http';
import { AwsError, type AwsService, type JsonObject } from './aws-service.ts';
import { readBody, TooLarge } from './http-body.ts';
import { type Outages } from './faults/outages.ts';
import { type AccessGuard } from './iam/access-guard.ts';
import { DynamoDbError } from './iam/dynamodb-proxy.ts';
import { type Locality } from './iam/locality.ts';
import { invokeNeeds, needsOf, scheduleNeeds } from './iam/service-needs.ts';
import { type CallCounter, itemCount } from './iam/usage.ts';
import { type AsyncInvocations } from './lambda/async-invocations.ts';
import { callerOf } from './lambda/environment.ts';
import { type FunctionPool } from './lambda/pool.ts';
import { answerInvoke, invokedFunction } from './lambda/service.ts';
import { S3Service } from './s3/s3-service.ts';
import { type Scheduler } from './scheduler/scheduler.ts';
import { asObject, parseJson } from './template/json.ts';

/** What stands behind the twin's AWS endpoint. */
export interface EndpointOptions {
  readonly services: readonly AwsService[];
  readonly lambda: { readonly pool: FunctionPool; readonly events: AsyncInvocations };
  /** EventBridge Scheduler's REST API below `/schedules/`. */
  readonly scheduler?: Pick<Scheduler, 'handleRest'>;
  readonly s3?: S3Service;
  readonly guard: AccessGuard;
  /** What is down at the moment; nothing where it is left out. */
  readonly outages?: Outages;
  readonly locality: Locality;
  /** Counts calls and asks DynamoDB what they consume. */
  readonly counter?: CallCounter;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Largest request (DynamoDB takes 16 MB, Lambda 6). */
const bodyLimitBytes = 20 * 1024 * 1024;

/** The listener of the twin's AWS endpoint: JSON services by X-Amz-Target, Lambda by its REST path. */
export function createEndpoint(options: EndpointOptions): (message: IncomingMessage, response: ServerResponse) => void {
  const endpoint = new Endpoint(options);
  const { s3 } = options;
  return (message, response) => {
    if (s3 && S3Service.isFor(message)) {
      s3.serve(message, response).catch(() => response.destroy());
      return;
    }
    endpoint
      .answer(message)
      .catch((error: unknown) => failure(message, error))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
      .catch(() => response.destroy());
  };
}

class Endpoint {
  private readonly options: EndpointOptions;
  private readonly services: ReadonlyMap<string, AwsService>;

  constructor(options: EndpointOptions) {
    this.options = options;
    this.services = new Map(options.services.map((service) => [service.target, service]));
  }

  async answer(message: IncomingMessage): Promise<Answer> {
    const body = (await readBody(message, bodyLimitBytes)).toString('utf8');
    const caller = callerOf(message.headers.authorization);
    const header = message.headers['x-amz-target'];
    if (typeof header === 'string') return this.answerJson(header, body, caller, contentTypeOf(message));
    const functionName = invokedFunction((message.url ?? '/').split('?', 1)[0] ?? '/');
    if (functionName !== undefined && message.method === 'POST')
      return this.answerLambda(functionName, message, body, caller);
    if (message.url?.startsWith('/schedules/')) return this.answerScheduler(message, body, caller);
    throw new AwsError(
      'UnknownOperationException',
      `The twin does not serve ${message.method ?? ''} ${message.url ?? ''}`,
      404,
    );
  }

  private async answerJson(header: string, body: string, caller: string, contentType: string): Promise<Answer> {
    const [target = '', operation = ''] = header.split('.');
    const service = this.services.get(target);
    if (!service) throw new AwsError('UnknownOperationException', `The twin has no service ${target}`);
    const input = parseInput(body, header);
    this.options.guard.check(caller, needsOf(target, operation, input, this.options.locality));
    this.options.outages?.checkCall(target, input);
    const answer = await this.counted(service, operation, input, caller);
    return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(answer) };
  }

  private async counted(
    service: AwsService,
    operation: string,
    input: JsonObject,
    caller: string,
  ): Promise<JsonObject> {
    const { counter } = this.options;
    if (!counter) return service.call(operation, input, caller);
    const consumes = service.target.startsWith('DynamoDB') && !('ReturnConsumedCapacity' in input);
    const asked = consumes ? { ...input, ReturnConsumedCapacity: 'INDEXES' } : input;
    const { ConsumedCapacity, ...answer } = await service.call(operation, asked, caller).catch((error: unknown) => {
      counter.record(caller, service.target, operation, itemCount(input), {});
      throw error;
    });
    counter.record(caller, service.target, operation, itemCount(input), { ConsumedCapacity });
    return consumes || ConsumedCapacity === undefined ? answer : { ...answer, ConsumedCapacity };
  }

  private answerScheduler(message: IncomingMessage, body: string, caller: string): Answer {
    const { scheduler, guard, locality } = this.options;
    const { method = 'GET', url = '/' } = message;
    if (!scheduler) throw new AwsError('UnknownOperationException', 'There is no scheduler', 404);
    guard.check(caller, scheduleNeeds(method, url, locality));
    const answer = scheduler.handleRest(method, url, parseInput(body, 'Schedule'));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
  }

  private async answerLambda(
    functionName: string,
    message: IncomingMessage,
    body: string,
    caller: string,
  ): Promise<Answer> {
    const { lambda, guard, counter } = this.options;
    const { arn, name } = lambda.pool.config(functionName);
    guard.check(caller, invokeNeeds(arn));
    counter?.record(caller, 'Lambda', 'Invoke', 1, {});
    const type = message.headers['x-amz-invocation-type'];
    return answerInvoke(lambda, name, typeof type === 'string' ? type : 'RequestResponse', body);
  }
}

function parseInput(body: string, what: string): JsonObject {
  return asObject(body === '' ? {} : parseJson(body), `${what} input`);
}

function contentTypeOf(message: IncomingMessage): string {
  return message.headers['content-type'] ?? 'application/x-amz-json-1.0';
}

function failure(message: IncomingMessage, error: unknown): Answer {
  const known = asAwsError(error);
  const body = known instanceof DynamoDbError ? known.answer : { __type: known.code, message: known.message };
  return {
    status: known.status,
    headers: { 'content-type': contentTypeOf(message), 'x-amzn-errortype': known.code },
    body: JSON.stringify(body),
  };
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof TooLarge) return new AwsError('RequestEntityTooLargeException', error.message, 413);
  if (error instanceof SyntaxError) return new AwsError('SerializationException', error.message);
  console.error('AWS endpoint:', error);
  return new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
}
