import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../aws-service.ts';
import { type Need } from '../iam/policy.ts';
import { type AccessGuard } from '../iam/access-guard.ts';
import { callerOf } from '../lambda/environment.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { BadDigest, type ObjectStore } from './object-store.ts';
import { type ObjectRequest, objectRequestOf } from './object-request.ts';

/** What the S3 part of the endpoint needs. */
export interface S3Options {
  readonly store: ObjectStore;
  readonly buckets: ReadonlySet<string>;
  readonly guard: AccessGuard;
  readonly now?: () => number;
}

/** The IAM action behind each method. */
const actions: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/**
 * S3 as far as the app uses it: objects by PUT, GET (also a range), HEAD and DELETE, path style, with the caller's key in a header or
 * presigned in the address. Times of presigned addresses, checksums and the caller's rights are checked; signatures are not.
 */
export class S3Service {
  private readonly options: S3Options;

  constructor(options: S3Options) {
    this.options = options;
  }

  /** True for a request that was signed for S3. */
  static isFor({ url = '/', headers: { authorization = '' } }: IncomingMessage): boolean {
    return /\/s3\/aws4_request/.test(authorization) || /X-Amz-Credential=[^&]*%2Fs3%2Faws4_request/i.test(url);
  }

  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = objectRequestOf(message, (this.options.now ?? Date.now)());
      this.check(request);
      await this.answer(request, message, response);
    } catch (error) {
      answerError(message, response, error);
    }
  }

  private check({ method, bucket, key, credential }: ObjectRequest): void {
    const action = actions[method];
    if (action === undefined) throw new AwsError('MethodNotAllowed', `${method} is not served`, 405);
    if (!this.options.buckets.has(bucket)) throw new AwsError('NoSuchBucket', `There is no bucket ${bucket}`, 404);
    this.allow(credential, { action, resource: `arn:aws:s3:::${bucket}/${key}` });
  }

  private allow(credential: string, need: Need): void {
    this.options.guard.check(callerOf(`Credential=${credential}/`), [need]);
  }

  private answer(request: ObjectRequest, message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'PUT') return this.put(request, message, response);
    if (request.method === 'DELETE') return this.delete(request, response);
    return this.get(request, response);
  }

  private async put({ bucket, key, checksum }: ObjectRequest, message: IncomingMessage, response: ServerResponse) {
    const { headers } = message;
    const chunked = (headers['content-encoding'] ?? '').includes('aws-chunked');
    const into = { trailers: new Map<string, string>() };
    const content = chunked ? decodeAwsChunked(message, into) : message;
    const stored = await this.options.store.put(bucket, key, {
      content,
      contentType: headers['content-type'] ?? 'application/octet-stream',
      expectedCrc32: () => checksum ?? into.trailers.get('x-amz-checksum-crc32'),
    });
    response.writeHead(200, { etag: stored.etag }).end();
  }

  private async get(
    { method, bucket, key, range, credential }: ObjectRequest,
    response: ServerResponse,
  ): Promise<void> {
    const { store } = this.options;
    const object = await store.head(bucket, key);
    if (object === undefined) {
      // Who may not list is not told what is not there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      this.allow(credential, { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` });
      throw new AwsError('NoSuchKey', `There is no object ${key}`, 404);
    }
    const { bytes, etag, contentType, storedAt } = object;
    const from = range?.from ?? 0;
    const to = Math.min(range?.to ?? bytes - 1, bytes - 1);
    if (range && from >= bytes) throw new AwsError('InvalidRange', `The object has ${bytes} bytes`, 416);
    response.writeHead(range ? 206 : 200, {
      etag,
      'content-type': contentType,
      'last-modified': storedAt,
      'accept-ranges': 'bytes',
      'content-length': Math.max(0, to - from + 1),
      ...(range && { 'content-range': `bytes ${from}-${to}/${bytes}` }),
    });
    if (method === 'HEAD' || bytes === 0) response.end();
    else await pipeline(store.read(object, from, to), response);
  }

  private async delete({ bucket, key }: ObjectRequest, response: ServerResponse): Promise<void> {
    await this.options.store.delete(bucket, key);
    response.writeHead(204).end();
  }
}

function answerError(message: IncomingMessage, response: ServerResponse, error: unknown): void {
  message.resume();
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof AwsError
      ? error
      : error instanceof BadDigest
        ? new AwsError('BadDigest', `The content is not what its checksum says: ${error.message}`)
        : new AwsError('InternalError', error instanceof Error ? error.message : String(error), 500);
  const code = known.code === 'AccessDeniedException' ? 'AccessDenied' : known.code;
  const status = code === 'AccessDenied' ? 403 : known.status;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped(known.message)}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(message.method === 'HEAD' ? undefined : body);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
