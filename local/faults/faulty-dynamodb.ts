import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { type JsonObject } from '../aws-service.ts';
import { readBody } from '../http-body.ts';
import { openServer } from '../servers.ts';
import { asObject, parseJson } from '../template/json.ts';
import { Contention, type Limits } from './contention.ts';
import { type Fault, type FaultChances, faultsFrom, noFaults } from './fault-plan.ts';
import { type WrittenItem, writtenItems } from './written-items.ts';

/** How DynamoDB is to misbehave. */
export interface FaultOptions {
  /** DynamoDB's limits of concurrent writing, which an emulator does not have. */
  readonly limits?: Limits;
  readonly chances?: FaultChances;
  /** Makes the row of faults repeatable. */
  readonly seed?: number;
  /** Every answer takes at least this long. */
  readonly latencyMs?: number;
}

/** A proxy in front of a DynamoDB that refuses, delays and loses what the real one may. */
export interface FaultyDynamoDb {
  readonly url: string;
  /** How often each fault was dealt, with `contended` for conflicts and throttles that the limits made. */
  readonly dealt: Readonly<Record<Fault | 'contended', number>>;
  /** Other chances from now on; none is `noFaults`. */
  deal(chances: FaultChances): void;
  close(): Promise<void>;
}

const bodyLimitBytes = 20 * 1024 * 1024;

/** Starts the proxy before the DynamoDB at `endpoint`. */
export async function startFaultyDynamoDb(endpoint: string, options: FaultOptions): Promise<FaultyDynamoDb> {
  const proxy = new FaultProxy(new Pool(endpoint, { connections: 128, pipelining: 1 }), options);
  const server = await openServer(0);
  server.serve((message, response) => {
    proxy.serve(message, response).catch(() => response.destroy());
  });
  return {
    url: server.url,
    dealt: proxy.dealt,
    deal: (chances) => {
      proxy.chances = chances;
    },
    close: async () => {
      await server.close();
      await proxy.close();
    },
  };
}

class FaultProxy {
  chances: FaultChances;
  readonly dealt = { throttle: 0, conflict: 0, lostRequest: 0, lostAnswer: 0, contended: 0 };
  private readonly upstream: Pool;
  private readonly draw: (chances: FaultChances) => Fault | undefined;
  private readonly contention: Contention | undefined;
  private readonly latencyMs: number;

  constructor(upstream: Pool, { limits, chances = noFaults, seed = 1, latencyMs = 0 }: FaultOptions) {
    this.upstream = upstream;
    this.chances = chances;
    this.draw = faultsFrom(seed);
    this.contention = limits && new Contention(limits);
    this.latencyMs = latencyMs;
  }

  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(message, bodyLimitBytes);
    const operation = String(message.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const items = writtenItems(operation, asObject(parseJson(body.toString('utf8') || '{}'), operation));
    const fault = items.length === 0 ? undefined : this.draw(this.chances);
    if (fault !== undefined) this.dealt[fault] += 1;
    if (this.latencyMs > 0) await pause(this.latencyMs);
    if (fault === 'lostRequest') response.destroy();
    else if (fault === 'throttle') refuse(response, throttling());
    else if (fault === 'conflict')
      refuse(
        response,
        conflict(
          operation,
          items.map((_, index) => index === 0),
        ),
      );
    else await this.write(message, body, { operation, items, isLost: fault === 'lostAnswer' }, response);
  }

  private async write(
    message: IncomingMessage,
    body: Buffer,
    call: { readonly operation: string; readonly items: readonly WrittenItem[]; readonly isLost: boolean },
    response: ServerResponse,
  ): Promise<void> {
    const verdict = this.contention?.enter(call.items, call.operation === 'TransactWriteItems');
    if (verdict && verdict.kind !== 'free') {
      this.dealt.contended += 1;
      refuse(response, verdict.kind === 'throttled' ? throttling() : conflict(call.operation, verdict.taken));
      return;
    }
    try {
      const answer = await this.forward(message, body);
      if (call.isLost) response.destroy();
      else response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
    } finally {
      verdict?.release();
    }
  }

  private async forward({ headers }: IncomingMessage, body: Buffer): Promise<{ status: number; body: Buffer }> {
    const { 'x-amz-target': target, authorization, 'x-amz-date': date } = headers;
    const { statusCode, body: answer } = await this.upstream.request({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        ...(typeof target === 'string' && { 'x-amz-target': target }),
        ...(typeof authorization === 'string' && { authorization }),
        ...(typeof date === 'string' && { 'x-amz-date': date }),
      },
      body,
    });
    return { status: statusCode, body: Buffer.from(await answer.arrayBuffer()) };
  }

  close(): Promise<void> {
    return this.upstream.destroy();
  }
}

const type = (name: string) => `com.amazonaws.dynamodb.v20120810#${name}`;

/** Source of both shapes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const throttling = (): JsonObject => ({
  __type: type('ProvisionedThroughputExceededException'),
  message: 'The level of configured provisioned throughput for the table was exceeded.',
});

function conflict(operation: string, taken: readonly boolean[]): JsonObject {
  if (operation !== 'TransactWriteItems')
    return { __type: type('TransactionConflictException'), message: 'Transaction is ongoing for the item' };
  const reasons = taken.map((isTaken) => ({ Code: isTaken ? 'TransactionConflict' : 'None' }));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    __type: type('TransactionCanceledException'),
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  };
}

function refuse(response: ServerResponse, answer: JsonObject): void {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
}
