import { type RequestListener, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callChannel } from './channel-http.ts';
import { turnWithin } from './turns.ts';

let answer: RequestListener = (_, response) => response.end();
const server = createServer((request, response) => answer(request, response));
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
});
afterAll(() => server.close());

const call = (headers: Record<string, string> = {}) =>
  callChannel('shop', { operation: 'orders', method: 'GET', url, headers });

describe('a call of a channel', () => {
  it.each([
    ['7', 7],
    ['0', 1],
    ['1795344000', 3600],
    ['1e30', 3600],
    ['soon', 30],
    ['Wed, 21 Oct 2099 07:28:00 GMT', 3600],
  ])('that is asked too often waits as it is told (%s), and never for ever', async (after, seconds) => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': after }).end();
    expect(await call()).toMatchObject({
      refusal: { code: 'provider-unavailable', facts: { retryAfterSeconds: seconds, status: 429 } },
    });
  });

  it('does not take in more than it can hold', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (response.write(Buffer.alloc(1 << 20)));
        response.once('drain', more);
      };
      more();
    };
    expect(await call()).toMatchObject({ refusal: { detail: expect.stringContaining('more than') as string } });
  });

  it('tells nobody the credentials that it could not send', async () => {
    const failed = await call({ authorization: 'Bearer secret-token\n2' });
    expect(JSON.stringify(failed)).not.toContain('secret-token');
    expect(failed).toMatchObject({ refusal: { code: 'provider-unavailable' } });
  });
});

describe('a turn within a limit', () => {
  it('is waited for a moment in all, however often others take it first', async () => {
    const waits: number[] = [];
    const waited = await turnWithin(
      () => Promise.resolve(800),
      (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    );
    expect(waited).toBe(800);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(3000);
    expect(waits.length).toBeGreaterThan(1);
  });
});
