import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { listQuarantine } from '../../shared/contracts/channels/apis.ts';
import { putChannelCredentials } from '../../shared/contracts/channels/credentials-apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { unique } from '../testing/steps.ts';
import { dumpOf } from '../testing/tables.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'crossdock-credentials-'));
const secrets = { first: 'the-first-signing-secret', second: 'the-second-signing-secret', token: 'shpat_a-token' };
let app: App;

beforeAll(async () => {
  app = await startApp({ dataDir });
  const body = { name: 'boston', type: 'store', pool: 'online', country: 'US', postalCode: '02108' } as const;
  mustSucceed(await app.api(network.putLocation, { params: { locationId: 'boston' }, body }));
});
afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.stop();
  rmSync(dataDir, { recursive: true, force: true });
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

async function hooks(signing: string): Promise<string> {
  const channelId = unique('hooks');
  const body = { name: channelId, type: 'webhook', pool: 'online', currency: 'USD', secrets: { signing } } as const;
  mustSucceed(await app.api(network.putChannel, { params: { channelId }, body }));
  return channelId;
}

/** A channel whose type knows credentials by name. */
async function seller(secretsOf: { readonly signing?: string; readonly accessToken?: string } = {}): Promise<string> {
  const channelId = unique('seller');
  const settings = { notificationUrl: `https://oms.example/webhooks/${channelId}` };
  const body = {
    name: channelId,
    type: 'square',
    pool: 'online',
    currency: 'USD',
    settings,
    secrets: secretsOf,
  } as const;
  mustSucceed(await app.api(network.putChannel, { params: { channelId }, body }));
  return channelId;
}

const give = async (channelId: string, body: Parameters<typeof putChannelCredentials.body.parse>[0]) =>
  mustSucceed(
    await app.api(putChannelCredentials, { params: { channelId }, body: putChannelCredentials.body.parse(body) }),
  );

/** Delivers a message that a shop has signed, once: the status. What it is about does not matter here. */
async function deliver(channelId: string, secret: string, id = unique('msg')): Promise<number> {
  const [at, body] = [new Date(), JSON.stringify({ externalId: id })];
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(Buffer.from(secret), { format: 'raw' }).sign(id, at, body),
  };
  return (await fetch(`${app.url}/webhooks/${channelId}`, { method: 'POST', headers, body })).status;
}

/** Delivers it again and again until it is taken, as shops do: how often it was refused. */
async function insist(channelId: string, secret: string): Promise<number> {
  const id = unique('msg');
  let refused = 0;
  await eventually(async () => ((await deliver(channelId, secret, id)) === 202 ? true : void (refused += 1)), {
    what: 'a delivery that is taken',
    everyMs: 100,
    deadlineMs: 20_000,
  });
  return refused;
}

describe('a rotation', () => {
  it('loses nothing: what is signed with the old secret and with the new one is taken, in any order', async () => {
    const channelId = await hooks(secrets.first);
    expect(await deliver(channelId, secrets.first)).toBe(202);
    // A shop that signs with the new secret before we know it delivers again, as its contract has it.
    const early = insist(channelId, secrets.second);
    const old = Array.from({ length: 10 }, () => deliver(channelId, secrets.first));
    const answer = await give(channelId, { signing: secrets.second, overlapSeconds: 3600 });
    expect(answer).toMatchObject({ channelId, signing: [{}, { until: expect.any(String) as string }], values: [] });
    const both = [secrets.second, secrets.first, secrets.second, secrets.first].map((one) => insist(channelId, one));
    expect(await Promise.all(old)).toEqual(old.map(() => 202));
    const refusals = await Promise.all([...both, early]);
    expect([refusals[1], refusals[3]], 'what the old secret signed is never refused').toEqual([0, 0]);
    await app.twin.idle();
    const { messages } = mustSucceed(await app.api(listQuarantine, { params: { channelId } }));
    expect(messages).toHaveLength(1 + 10 + 4 + 1);
  });

  it('is known at once where nobody has guessed before', async () => {
    const channelId = await hooks(secrets.first);
    expect(await deliver(channelId, secrets.first)).toBe(202);
    await give(channelId, { signing: secrets.second });
    expect(await deliver(channelId, secrets.second)).toBe(202);
    expect(await deliver(channelId, secrets.first)).toBe(202);
  });

  it('ends: after the overlap the old secret is refused, and nothing is kept of what it signed', async () => {
    const channelId = await hooks(secrets.first);
    await give(channelId, { signing: secrets.second, overlapSeconds: 2 });
    expect(await deliver(channelId, secrets.first)).toBe(202);
    await eventually(async () => ((await deliver(channelId, secrets.first, 'the-same')) === 401 ? true : undefined), {
      what: 'the end of the overlap',
      deadlineMs: 20_000,
    });
    expect(await deliver(channelId, secrets.second)).toBe(202);
    await app.twin.idle();
    const before = await dumpOf(app.twin.dynamoDbUrl);
    expect(await deliver(channelId, secrets.first)).toBe(401);
    expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);
  });

  it('without an overlap ends the old secret at once', async () => {
    const channelId = await hooks(secrets.first);
    await give(channelId, { signing: secrets.second, overlapSeconds: 0 });
    expect(await deliver(channelId, secrets.first)).toBe(401);
    expect(await deliver(channelId, secrets.second)).toBe(202);
  });
});

it('many at once, of several callers, are all there', async () => {
  const channelId = await seller();
  const names = ['accessToken', 'clientId', 'clientSecret', 'refreshToken'];
  await Promise.all(names.map((name) => give(channelId, { values: { [name]: `${name}-value` } })));
  const { values } = await give(channelId, { values: { accessToken: 'another' } });
  expect(values.map(({ name }) => name)).toEqual(names);
});

it('one of a name that nobody knows is refused, and one that is there is taken away by null', async () => {
  const channelId = await seller({ accessToken: secrets.token });
  const body = { values: { acessToken: secrets.token } };
  const refused = await app.api(putChannelCredentials, { params: { channelId }, body });
  expect(refused).toMatchObject({ status: 422, problem: { errors: [{ pointer: '/values/acessToken' }] } });
  expect((await give(channelId, { values: { accessToken: null } })).values).toEqual([]);
});

it('a channel that is not there gets none', async () => {
  const answer = await app.api(putChannelCredentials, {
    params: { channelId: 'nowhere' },
    body: { signing: secrets.first },
  });
  expect(answer).toMatchObject({ status: 404, problem: { code: 'not-found' } });
});

describe('on disk', () => {
  const isSecret = new RegExp([...Object.values(secrets), 'Token-value', 'clientSecret-value'].join('|'));

  it('nothing of a secret is in an answer, in a table, in a log or in any other file', async () => {
    const channelId = await hooks(secrets.first);
    await give(channelId, { signing: secrets.second });
    const square = await seller({ signing: secrets.first, accessToken: secrets.token });
    await give(square, { values: { refreshToken: 'refreshToken-value' } });
    expect(await deliver(channelId, secrets.second)).toBe(202);
    await app.twin.idle();
    const auth = { authorization: `Bearer ${app.apiKey}` };
    const listed = await (await fetch(`${app.url}/v1/channels`, { headers: auth })).text();
    expect(listed).toContain(channelId);
    expect(listed).not.toMatch(isSecret);
    expect(JSON.stringify(await dumpOf(app.twin.dynamoDbUrl))).not.toMatch(isSecret);
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['secrets.json', 'secrets.key', 'twin.db']));
    const telling = files.filter(({ parentPath, name }) =>
      isSecret.test(readFileSync(path.join(parentPath, name), 'latin1')),
    );
    expect(telling.map(({ name }) => name)).toEqual([]);
  });

  it('they are after a restart what they were', async () => {
    const channelId = await hooks(secrets.first);
    await give(channelId, { signing: secrets.second, overlapSeconds: 0 });
    const square = await seller({ accessToken: secrets.token });
    await app.stop();
    app = await startApp({ dataDir });
    expect(await deliver(channelId, secrets.first)).toBe(401);
    expect(await deliver(channelId, secrets.second)).toBe(202);
    expect((await give(square, { values: { clientId: 'id' } })).values).toMatchObject([
      { name: 'accessToken' },
      { name: 'clientId' },
    ]);
  });
});
