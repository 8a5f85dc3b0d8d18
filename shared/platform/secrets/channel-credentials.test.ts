import {
  CreateSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type ChannelCredentials, rotated, withValues } from '../../model/network/credentials.ts';
import { changeCredentials, credentialsOf } from './channel-credentials.ts';
import { secretsManager } from './secrets.ts';

const now = '2026-11-22T09:30:00.000Z';
const client = mockClient(secretsManager);
const meta = { $metadata: {}, message: 'hush-hush' };
let channels = 0;
let channelId = '';

/** Versions of the secret; never changed, as Secrets Manager has it. */
let versions: { readonly id: string; readonly text: string }[] = [];
let current: { readonly id: string; readonly text: string } | undefined;

function add(id = '', text = ''): { VersionId: string } {
  const present = versions.find((one) => one.id === id);
  if (present && present.text !== text) throw new ResourceExistsException(meta);
  if (!present) versions.push((current = { id, text }));
  return { VersionId: id };
}

beforeEach(() => {
  process.env['SECRETS_PREFIX'] = 'crossdock-test/channels';
  channelId = `shop-${(channels += 1)}`;
  [versions, current] = [[], undefined];
  client.reset();
  client.on(GetSecretValueCommand).callsFake(() => {
    if (!current) throw new ResourceNotFoundException(meta);
    return { SecretString: current.text, VersionId: current.id };
  });
  client.on(CreateSecretCommand).callsFake(({ SecretString, ClientRequestToken }: CreateSecretCommand['input']) => {
    if (current) throw new ResourceExistsException(meta);
    return add(ClientRequestToken, SecretString);
  });
  client
    .on(PutSecretValueCommand)
    .callsFake(({ SecretString, ClientRequestToken }: CreateSecretCommand['input']) =>
      add(ClientRequestToken, SecretString),
    );
});

const signedBy = (value: string) => (present: ChannelCredentials) => ok(rotated(present, value, now, 60));
const having = (values: Record<string, string>) => (present: ChannelCredentials) =>
  ok(withValues(present, values, now));
const change = (how: (present: ChannelCredentials) => Result<ChannelCredentials>) => changeCredentials(channelId, how);

describe("a channel's credentials", () => {
  it('are one secret, named after stage and channel, made when there is the first', async () => {
    expect(await credentialsOf(channelId)).toEqual({ signing: [], values: {} });
    expect(await change(signedBy('first'))).toMatchObject({ ok: true, value: { signing: [{ value: 'first' }] } });
    const [made] = client.commandCalls(CreateSecretCommand);
    expect(made?.args[0].input).toMatchObject({ Name: `crossdock-test/channels/${channelId}` });
    expect(await credentialsOf(channelId)).toMatchObject({ signing: [{ value: 'first', addedAt: now }] });
    await change(having({ accessToken: 't' }));
    expect(await credentialsOf(channelId)).toMatchObject({
      signing: [{ value: 'first' }],
      values: { accessToken: 't' },
    });
    expect(client.commandCalls(PutSecretValueCommand)).toHaveLength(1);
  });

  it('get a key for fingerprints with the first, and keep it', async () => {
    await change(signedBy('first'));
    const { fingerprintKey = '' } = await credentialsOf(channelId);
    expect(Buffer.from(fingerprintKey, 'base64url')).toHaveLength(32);
    await change(signedBy('second'));
    expect(await credentialsOf(channelId)).toMatchObject({ fingerprintKey });
  });

  it('are not written where nothing changes, nor where the change is refused', async () => {
    await change(signedBy('first'));
    await change(signedBy('first'));
    expect(await change(() => refuse('limit-exceeded', 'Too many.'))).toMatchObject({ ok: false });
    expect(versions).toHaveLength(1);
  });

  it('that were deleted, with or without a way back, are none', async () => {
    await change(signedBy('first'));
    client.on(GetSecretValueCommand).rejects(new InvalidRequestException(meta));
    expect(await credentialsOf(channelId, { fresh: true })).toEqual({ signing: [], values: {} });
    client.on(CreateSecretCommand).rejects(new InvalidRequestException(meta));
    await expect(change(signedBy('second'))).rejects.toThrow('marked for deletion has to be restored first');
  });

  it('of another shape are refused without a word of what is there', async () => {
    current = { id: 'by-hand', text: 'whsec_pasted-by-hand' };
    const refused = credentialsOf(channelId);
    await expect(refused).rejects.toThrow('is of another shape than credentials');
    await expect(refused).rejects.not.toThrow('pasted');
  });
});

describe('changes at once', () => {
  it('are all there in the end: of two who write over the same version, one reads again', async () => {
    const changes = Array.from({ length: 4 }, (_, index) => change(having({ [`v${index}`]: 'x' })));
    expect((await Promise.all(changes)).map(({ ok: done }) => done)).toEqual([true, true, true, true]);
    expect(Object.keys((await credentialsOf(channelId)).values)).toEqual(
      expect.arrayContaining(['v0', 'v1', 'v2', 'v3']),
    );
    expect(versions).toHaveLength(4);
  });

  it('a read that is behind loses nothing: the version that it knows cannot be written over again', async () => {
    await change(signedBy('first'));
    const [old] = versions;
    await change(signedBy('second'));
    client
      .on(GetSecretValueCommand)
      .resolvesOnce({ SecretString: old?.text, VersionId: old?.id })
      .callsFake(() => ({ SecretString: current?.text, VersionId: current?.id }));
    await change(having({ accessToken: 't' }));
    expect(await credentialsOf(channelId, { fresh: true })).toMatchObject({
      signing: [{ value: 'second' }, { value: 'first' }],
      values: { accessToken: 't' },
    });
  });

  it('a write whose answer was lost is done once by its repeat', async () => {
    client
      .on(CreateSecretCommand)
      .callsFakeOnce(({ SecretString, ClientRequestToken }: CreateSecretCommand['input']) => {
        add(ClientRequestToken, SecretString);
        throw new Error('socket hang up');
      });
    await expect(change(signedBy('first'))).rejects.toThrow('could not be written');
    expect(await change(signedBy('first'))).toMatchObject({ ok: true });
    expect(versions).toHaveLength(1);
  });

  it('that never come through are refused, to be tried again', async () => {
    client.on(CreateSecretCommand).rejects(new ResourceExistsException(meta));
    expect(await change(signedBy('first'))).toMatchObject({ refusal: { code: 'too-busy' } });
  });
});
