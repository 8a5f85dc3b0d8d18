import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxResponse, startServer } from '../../../../tests/sandboxes/http-server.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../../../../tests/sandboxes/webhook-receiver.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { publish } from './availability.ts';
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

  it.each([400, 401, 403, 404, 405, 409, 410, 429, 500])(
    'says what to do where everything is answered %i',
    async (status) => {
      answer = { status };
      const one = await checked(server.url);
      expect(one).toMatchObject({ name: 'endpoint', ok: false });
      expect(one?.detail).toContain(String(status));
      expect(one?.detail).not.toContain('{');
    },
  );

  it.each([200, 204, 422])('is good by an answer after which nothing is sent for ever: %i', async (status) => {
    answer = { status };
    expect(await checked(server.url)).toMatchObject({ ok: true });
  });

  it('is not by one after which a message is sent again and again, and says which answers are to be given', async () => {
    answer = { status: 400 };
    const one = await checked(server.url);
    expect(one?.detail).toContain('sent again');
    expect(one?.detail).toContain('2xx');
    const offers = [{ sku: 'A', quantity: 1, sequence: 1, ids: {} }];
    const channel = {
      ...channelOf({ channelId: 'partner', type: 'webhook' }),
      endpoint: { kind: 'webhook' as const, url: server.url },
    };
    const told = await publish(
      connectionOf(channel, { signing: [secret], now: () => new Date().toISOString() }),
      offers,
    );
    expect(told.get('A')).toMatchObject({ refusal: { code: 'provider-unavailable' } });
  });

  it('names the address that an endpoint redirects to', async () => {
    answer = { status: 308, headers: { location: '/elsewhere?token=secret' } };
    const one = await checked(server.url);
    expect(one).toMatchObject({ ok: false });
    expect(one?.detail).toContain(`to ${server.url}/elsewhere, and`);
    expect(one?.detail).toContain('PUT /v1/channels/partner');
  });

  it('names an endpoint that is not there, a secret that differs, and one that is missing', async () => {
    expect(await checked('http://127.0.0.1:1')).toMatchObject({ ok: false });
    expect((await checked(receiver.url, ['another-secret']))?.detail).toContain('the same secret');
    expect((await checked(receiver.url, []))?.detail).toContain('no signing secret');
  });
});
