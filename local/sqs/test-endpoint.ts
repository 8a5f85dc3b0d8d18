import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AwsError, type AwsService, type JsonObject } from '../aws-service.ts';

/** A bare HTTP endpoint over AWS JSON services, for wire tests with the real SDK clients. */
export interface TestEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves what `service()` is at each call, so that a test may put a restarted service behind the same port. */
export async function serveForTest(service: () => AwsService): Promise<TestEndpoint> {
  const server = createServer((request, response) => {
    void answer(service(), request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(service: AwsService, request: IncomingMessage): Promise<{ status: number; body: JsonObject }> {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  try {
    const input = JSON.parse((await text(request)) || '{}') as JsonObject;
    return { status: 200, body: await service.call(operation, input, 'test') };
  } catch (error) {
    if (error instanceof AwsError)
      return { status: error.status, body: { __type: error.code, message: error.message } };
    return { status: 500, body: { __type: 'InternalFailure', message: String(error) } };
  }
}

/** Client settings for a test endpoint: dummy keys and a region. */
export function testClientConfig(endpoint: string): {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
} {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}
