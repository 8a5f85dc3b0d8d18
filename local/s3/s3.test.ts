import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessGuard } from '../iam/access-guard.ts';
import { parseStatements } from '../iam/statements.ts';
import { accessKeyOf } from '../lambda/environment.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ObjectStore } from './object-store.ts';
import { S3Service } from './s3-service.ts';

const Bucket = 'files';
const folder = temporaryFolder();
let now = Date.now();
const allowed = parseStatements(
  { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' }] },
  'test',
);
const guard = new AccessGuard(new Map([['reader', allowed]]));
const service = () =>
  new S3Service({
    store: new ObjectStore(path.join(folder.path, 'objects')),
    buckets: new Set([Bucket]),
    guard,
    now: () => now,
  });
const server = createServer((request, response) => {
  expect(S3Service.isFor(request)).toBe(true);
  void service().serve(request, response);
});
let endpoint = '';
const client = (accessKeyId = 'operator', more: object = {}) =>
  new S3Client({ endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: 'x' }, ...more });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  folder.remove();
});

describe('objects', () => {
  it('are put, read whole and in part, described, and deleted, with the real client', async () => {
    const s3 = client();
    const Key = 'snapshots/naïve 顧客/1.csv';
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello world', ContentType: 'text/csv' }));
    const whole = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await whole.Body?.transformToString()).toBe('hello world');
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=6-' }));
    expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['world', 'bytes 6-10/11']);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ContentLength: 11,
      ContentType: 'text/csv',
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are streamed in chunks with a checksum at the end', async () => {
    const chunks = Array.from({ length: 50 }, (_, index) => Buffer.alloc(40_000, index));
    const Body = Readable.from(chunks);
    await client().send(new PutObjectCommand({ Bucket, Key: 'large', Body, ContentLength: 2_000_000 }));
    const { Body: stored } = await client().send(new GetObjectCommand({ Bucket, Key: 'large' }));
    expect(Buffer.from((await stored?.transformToByteArray()) ?? []).equals(Buffer.concat(chunks))).toBe(true);
  });

  it('are replaced as a whole', async () => {
    for (const Body of ['first', 'second']) await client().send(new PutObjectCommand({ Bucket, Key: 'one', Body }));
    const { Body } = await client().send(new GetObjectCommand({ Bucket, Key: 'one' }));
    expect(await Body?.transformToString()).toBe('second');
  });
});

describe('a presigned address', () => {
  const plain = { requestChecksumCalculation: 'WHEN_REQUIRED' };

  it('takes a plain upload until its time is over', async () => {
    const url = await getSignedUrl(client('operator', plain), new PutObjectCommand({ Bucket, Key: 'up' }), {
      expiresIn: 60,
    });
    expect((await fetch(url, { method: 'PUT', body: 'content' })).status).toBe(200);
    now += 61_000;
    const late = await fetch(url, { method: 'PUT', body: 'other' });
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    now = Date.now();
  });

  it('that promises another checksum than its content has is refused, as S3 does', async () => {
    const url = await getSignedUrl(client(), new PutObjectCommand({ Bucket, Key: 'up' }), { expiresIn: 60 });
    expect((await fetch(url, { method: 'PUT', body: 'content' })).status).toBe(400);
  });
});

describe('rights', () => {
  it('are those of the function that asks', async () => {
    await client().send(new PutObjectCommand({ Bucket, Key: 'one', Body: 'x' }));
    const reader = client(accessKeyOf('reader'));
    expect((await reader.send(new GetObjectCommand({ Bucket, Key: 'one' }))).ContentLength).toBe(1);
    await expect(reader.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(reader.send(new PutObjectCommand({ Bucket, Key: 'one', Body: 'y' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('of a bucket that is not there are none', async () => {
    await expect(client().send(new GetObjectCommand({ Bucket: 'other', Key: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
