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

  it.each(['127.0.0.1', 'localhost'])('that never left is known not to have been carried out: %s', async (host) => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const failed = await callChannel('shop', { operation: 'orders', method: 'POST', url: `http://${host}:${port}` });
    expect(failed).toMatchObject({ refusal: { code: 'provider-unavailable', facts: { unsent: true } } });
  });

  it('that breaks off may have been carried out', async () => {
    answer = (_, response) => response.destroy();
    const failed = await call();
    expect(failed).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    expect(failed).not.toHaveProperty('refusal.facts.unsent');
  });

  it('follows nowhere, and says where to', async () => {
    answer = (_, response) => response.writeHead(301, { location: 'https://shop.example.com/api?key=secret' }).end();
    const failed = await call({ authorization: 'Bearer secret' });
    expect(failed).toMatchObject({
      refusal: {
        code: 'provider-unavailable',
        detail: expect.stringContaining('to https://shop.example.com/api, and') as string,
      },
    });
    expect(JSON.stringify(failed)).not.toContain('secret');
    answer = (_, response) => response.writeHead(302).end();
    expect(await call()).toMatchObject({ refusal: { detail: expect.stringContaining('another address') as string } });
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
