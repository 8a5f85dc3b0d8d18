import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesizeFixture } from './testing/fixture-assembly.ts';
import { ShopClient } from './testing/shop-client.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { startTwin, type Twin } from './twin.ts';

const folder = temporaryFolder();
let twin: Twin;
let assembly: string;

beforeAll(async () => {
  assembly = (await synthesizeFixture()).directory;
  twin = await startTwin({ assembly, dataDir: folder.path, enforceIam: true, countCalls: true, log: () => undefined });
});
afterAll(async () => {
  await twin.stop();
  folder.remove();
});

describe('a whole app on one machine', () => {
  it('goes HTTP → function → table → stream → function → bus → queue → function → process → token → done', async () => {
    const shop = new ShopClient(twin.apiUrl);
    expect(await shop.create('1')).toBe(201);
    const { token = '' } = await shop.until('1', 'asked');
    expect(token).not.toBe('');
    expect(await shop.answer(token)).toBe(202);
    await shop.until('1', 'settled');
    await twin.idle();
    expect(twin.accessDenied).toEqual([]);
  });

  it('counts what that cost', () => {
    const { calls, invocations, httpRequests, transitions } = twin.usage();
    const put = calls.find(({ operation }) => operation === 'PutItem');
    expect(put).toMatchObject({ service: 'DynamoDB_20120810', calls: 1, writeUnits: 1 });
    expect(calls.find(({ operation }) => operation === 'PutEvents')?.calls).toBe(1);
    expect(invocations.find(({ functionName }) => functionName.startsWith('Shop-Record'))?.invocations).toBe(2);
    expect(httpRequests).toBeGreaterThanOrEqual(4);
    expect(Object.values(transitions)).toEqual([2]);
    twin.resetUsage();
    expect(twin.usage()).toMatchObject({ calls: [], invocations: [], httpRequests: 0 });
  });

  it('tells outputs, cold starts and addresses', () => {
    expect(twin.outputs['Shop.Url']).toBe(`${twin.apiUrl}/`);
    expect(twin.coldStarts().every(({ initMs }) => initMs > 0)).toBe(true);
  });

  it('finds a missing grant', async () => {
    const response = await fetch(`${twin.apiUrl}/trespass`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain(
      'is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:',
    );
    expect(twin.accessDenied).toMatchObject([{ action: 'dynamodb:Scan' }]);
  });

  it('keeps a second twin off its data', async () => {
    await expect(startTwin({ assembly, dataDir: folder.path })).rejects.toThrow(/is in use by process \d+/);
  });
});

describe('the HTTP API', () => {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(twin.apiUrl + path, { headers });
  const echo = async (init: RequestInit) =>
    (await (await fetch(`${twin.apiUrl}/echo/a%20b/c?x=1&x=2&y=%C3%A4`, init)).json()) as Record<string, unknown>;

  it('asks the authorizer', async () => {
    expect((await get('/orders/1')).status).toBe(401);
    expect((await get('/orders/1', { 'x-api-key': 'shut' })).status).toBe(403);
    expect((await get('/orders/1', { 'x-api-key': 'open' })).status).toBe(200);
  });

  it('has no other routes', async () => {
    const response = await get('/nowhere');
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  it('makes an event of payload format 2.0', async () => {
    const event = await echo({
      method: 'POST',
      body: '{"ä":1}',
      headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'X-Many': '1' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{proxy+}',
      rawPath: '/echo/a%20b/c',
      rawQueryString: 'x=1&x=2&y=%C3%A4',
      queryStringParameters: { x: '1,2', y: 'ä' },
      pathParameters: { proxy: 'a b/c' },
      cookies: ['a=1', 'b=2'],
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
    expect(event['headers']).toMatchObject({ 'x-many': '1' });
    expect(event['headers']).not.toHaveProperty('cookie');
  });

  it('encodes what is no text', async () => {
    const event = await echo({
      method: 'POST',
      body: Buffer.from([0, 255]),
      headers: { 'content-type': 'application/pdf' },
    });
    expect(event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('passes headers and cookies back', async () => {
    const response = await get('/echo/x');
    expect(response.headers.get('x-seen')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  });

  it('takes a plain result as the body of a 200', async () => {
    const response = await get('/hello/you');
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      200,
      'application/json',
      { hello: 'you' },
    ]);
  });

  it('refuses bodies over 10 MB', async () => {
    const response = await fetch(`${twin.apiUrl}/echo/x`, { method: 'POST', body: Buffer.alloc(11 * 1024 * 1024) });
    expect(response.status).toBe(413);
  });

  it('answers preflight requests itself', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
    const response = await fetch(`${twin.apiUrl}/orders/1`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET');
    expect(
      (await get('/hello/x', { origin: 'https://evil.example' })).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });
});
