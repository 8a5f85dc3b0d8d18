import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxResponse, startServer } from '../../../../tests/sandboxes/http-server.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../../../../tests/sandboxes/webhook-receiver.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { check } from './check.ts';

const secret = 'a-secret-of-both';
let receiver: WebhookReceiver;
let answer: SandboxResponse = { status: 204 };
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret });
  server = await startServer(() => answer);
});
afterAll(() => Promise.all([receiver.stop(), server.stop()]));

const checked = async (url?: string, signing = [secret]) => {
  const channel = channelOf({ channelId: 'partner', type: 'webhook' });
  const told = url === undefined ? channel : { ...channel, endpoint: { kind: 'webhook' as const, url } };
  const [one] = await check(connectionOf(told, { signing, now: () => new Date().toISOString() }));
  return one;
};

describe('a test of the connection', () => {
  it('is good with an endpoint that takes what is signed, and tells it of no SKU; or with none', async () => {
    expect(await checked(receiver.url)).toMatchObject({ ok: true });
    expect(receiver.taken).toMatchObject([{ quantities: [] }]);
    expect(await checked()).toMatchObject({ ok: true });
  });

  it.each([401, 403, 404, 405, 410, 429, 500])('says what to do where everything is answered %i', async (status) => {
    answer = { status };
    const one = await checked(server.url);
    expect(one).toMatchObject({ name: 'endpoint', ok: false });
    expect(one?.detail).toContain(String(status));
    expect(one?.detail).not.toContain('{');
  });

  it.each([200, 204, 400, 422])('takes an endpoint that judges what it is told to be there: %i', async (status) => {
    answer = { status };
    expect(await checked(server.url)).toMatchObject({ ok: true });
  });

  it('names an endpoint that is not there, a secret that differs, and one that is missing', async () => {
    expect(await checked('http://127.0.0.1:1')).toMatchObject({ ok: false });
    expect((await checked(receiver.url, ['another-secret']))?.detail).toContain('the same secret');
    expect((await checked(receiver.url, []))?.detail).toContain('no signing secret');
  });
});
