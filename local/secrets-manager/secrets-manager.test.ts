import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveForTest, type TestEndpoint, testClientConfig } from '../sqs/test-endpoint.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { SealedFile } from './sealed-file.ts';
import { SecretsManagerService } from './secrets-manager-service.ts';

const locality = { accountId: '000000000000', region: 'us-east-1' };
const start = Date.UTC(2026, 10, 22);
const day = 86_400_000;
const folder = temporaryFolder();
const token = (letter: string): string => letter.repeat(32);
let now = start;
let service: SecretsManagerService;
let endpoint: TestEndpoint;
let client: SecretsManagerClient;
let names = 0;
let name = '';

const restart = () => {
  service = new SecretsManagerService({ file: new SealedFile(folder.path), locality, now: () => now });
};
beforeAll(async () => {
  endpoint = await serveForTest(() => service);
  client = new SecretsManagerClient({ ...testClientConfig(endpoint.url), maxAttempts: 1 });
});
beforeEach(() => {
  now = start;
  name = `crossdock-dev/channels/shop-${(names += 1)}`;
  restart();
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
  folder.remove();
});

const create = (more: object = {}) =>
  client.send(new CreateSecretCommand({ Name: name, SecretString: 'first', ...more }));
const put = (SecretString: string, more: object = {}) =>
  client.send(new PutSecretValueCommand({ SecretId: name, SecretString, ...more }));
const value = (more: object = {}) => client.send(new GetSecretValueCommand({ SecretId: name, ...more }));
const described = () => client.send(new DescribeSecretCommand({ SecretId: name }));
const remove = (more: object = {}) => client.send(new DeleteSecretCommand({ SecretId: name, ...more }));
const named = (error: string, message?: string) => ({
  name: error,
  ...(message !== undefined && { message: expect.stringContaining(message) as string }),
});

describe('a secret', () => {
  it('is created, and read by its name or by its ARN with six random characters', async () => {
    const { ARN = '', VersionId } = await create({ Description: 'of a shop' });
    expect(ARN).toMatch(new RegExp(`^arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-[A-Za-z0-9]{6}$`));
    const read = { ARN, Name: name, VersionId, SecretString: 'first', VersionStages: ['AWSCURRENT'] };
    expect(await value()).toMatchObject({ ...read, CreatedDate: new Date(start) });
    expect(await value({ SecretId: ARN })).toMatchObject(read);
    expect(await described()).toMatchObject({
      Description: 'of a shop',
      CreatedDate: new Date(start),
      VersionIdsToStages: { [VersionId ?? '']: ['AWSCURRENT'] },
    });
  });

  it('may hold bytes', async () => {
    await create({ SecretString: undefined, SecretBinary: Buffer.from([0, 255, 7]) });
    expect(Buffer.from((await value()).SecretBinary ?? [])).toEqual(Buffer.from([0, 255, 7]));
  });

  it('that is put again leaves its previous version readable, and no older one labelled', async () => {
    const first = await create();
    const second = await put('second');
    expect(await value()).toMatchObject({ SecretString: 'second', VersionId: second.VersionId });
    expect(await value({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'first' });
    const third = await put('third');
    expect((await described()).VersionIdsToStages).toEqual({
      [third.VersionId ?? '']: ['AWSCURRENT'],
      [second.VersionId ?? '']: ['AWSPREVIOUS'],
    });
    expect(await value({ VersionId: first.VersionId })).toMatchObject({ SecretString: 'first', VersionStages: [] });
    await expect(value({ VersionId: token('x') })).rejects.toMatchObject(
      named('ResourceNotFoundException', 'VersionId'),
    );
    await expect(value({ VersionStage: 'NEXT' })).rejects.toMatchObject(named('ResourceNotFoundException', 'NEXT'));
  });

  it('may get a version under another label, which does not become the current one', async () => {
    await create();
    await put('next', { VersionStages: ['AWSPENDING'] });
    expect(await value()).toMatchObject({ SecretString: 'first' });
    expect(await value({ VersionStage: 'AWSPENDING' })).toMatchObject({ SecretString: 'next' });
  });

  it('is updated: its description alone, or its content', async () => {
    const { VersionId } = await create();
    await client.send(new UpdateSecretCommand({ SecretId: name, Description: 'new words' }));
    expect(await value()).toMatchObject({ VersionId, SecretString: 'first' });
    await client.send(new UpdateSecretCommand({ SecretId: name, SecretString: 'second' }));
    expect(await described()).toMatchObject({ Description: 'new words' });
    expect(await value()).toMatchObject({ SecretString: 'second' });
  });
});

describe('a token', () => {
  it('makes a repeat of a creation or of a put one, whatever came in between', async () => {
    const first = await create({ ClientRequestToken: token('a') });
    expect(await create({ ClientRequestToken: token('a') })).toMatchObject({ ARN: first.ARN, VersionId: token('a') });
    await put('second', { ClientRequestToken: token('b') });
    await put('third');
    expect(await put('second', { ClientRequestToken: token('b') })).toMatchObject({ VersionId: token('b') });
    expect(await value()).toMatchObject({ SecretString: 'third' });
  });

  it('never changes a version', async () => {
    await create({ ClientRequestToken: token('a') });
    const taken = named('ResourceExistsException');
    await expect(put('other', { ClientRequestToken: token('a') })).rejects.toMatchObject(taken);
    await expect(create({ ClientRequestToken: token('a'), SecretString: 'other' })).rejects.toMatchObject(taken);
    await expect(create({ ClientRequestToken: token('b') })).rejects.toMatchObject(taken);
    expect(await value()).toMatchObject({ SecretString: 'first' });
  });
});

describe('a deletion', () => {
  it('can be taken back within its window; until then the secret is of no use, and its name is taken', async () => {
    await create();
    expect(await remove({ RecoveryWindowInDays: 7 })).toMatchObject({ DeletionDate: new Date(start + 7 * day) });
    const marked = named('InvalidRequestException', 'marked for deletion');
    await expect(value()).rejects.toMatchObject(marked);
    await expect(put('second')).rejects.toMatchObject(marked);
    await expect(create()).rejects.toMatchObject(named('InvalidRequestException', 'scheduled for deletion'));
    expect(await described()).toMatchObject({ DeletedDate: new Date(start) });
    now += 6 * day;
    restart();
    await client.send(new RestoreSecretCommand({ SecretId: name }));
    expect(await value()).toMatchObject({ SecretString: 'first' });
  });

  it('is done when its window is over: then the name is free, under another ARN', async () => {
    const { ARN } = await create();
    await remove();
    now += 30 * day;
    await expect(value()).rejects.toMatchObject(named('ResourceNotFoundException'));
    expect((await create({ SecretString: 'later' })).ARN).not.toBe(ARN);
    expect(await value()).toMatchObject({ SecretString: 'later' });
  });

  it('without recovery is done at once, and no error for a secret that is not there', async () => {
    await create();
    await remove({ ForceDeleteWithoutRecovery: true });
    await expect(value()).rejects.toMatchObject(named('ResourceNotFoundException'));
    expect(await remove({ ForceDeleteWithoutRecovery: true })).toMatchObject({ Name: name });
    await expect(remove()).rejects.toMatchObject(named('ResourceNotFoundException'));
    const both = { ForceDeleteWithoutRecovery: true, RecoveryWindowInDays: 7 };
    await expect(remove(both)).rejects.toMatchObject(named('InvalidParameterException'));
  });
});

describe('what is not understood', () => {
  it('is refused by the name of its field, never with what is in it', async () => {
    const odd = service.call('PutSecretValue', {
      SecretId: name,
      SecretString: 'hush',
      Odd: 1,
      ClientRequestToken: 'x',
    });
    await expect(odd).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(odd).rejects.not.toThrow(/hush/);
    await expect(put('x')).rejects.toMatchObject(named('ResourceNotFoundException'));
    await expect(service.call('RotateSecret', { SecretId: name })).rejects.toMatchObject({
      code: 'UnsupportedOperation',
    });
    await create();
    await expect(service.call('PutSecretValue', { SecretId: name })).rejects.toMatchObject({
      code: 'InvalidRequestException',
    });
  });
});
