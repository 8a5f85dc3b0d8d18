import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Readable } from 'node:stream';
import { fromEnvironment } from '../config.ts';

/**
 * The one client of a function for its files. Checksums only where S3 asks for them: an address is signed before anybody knows the content.
 * A twin or a test has its endpoint on one host, so buckets are in the path there.
 */
const s3 = new S3Client({
  maxAttempts: 5,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  forcePathStyle: process.env['AWS_ENDPOINT_URL_S3'] !== undefined || process.env['AWS_ENDPOINT_URL'] !== undefined,
});
const bucket = (): string => fromEnvironment('BUCKET_FILES');

/** Bytes that are asked for at once: no connection stays open while what was read is worked on, however long that takes. */
const rangeBytes = 1024 * 1024;
const pieceBytes = 64 * 1024;

/** What is known of a file. */
export interface StoredFile {
  /** Changes with every upload. */
  readonly tag: string;
  readonly bytes: number;
}

/** The file under a key is another one than was asked for. */
export class FileReplaced extends Error {}

/** An address to PUT a file to. */
export const uploadUrl = (key: string, seconds: number): Promise<string> =>
  getSignedUrl(s3, new PutObjectCommand({ Bucket: bucket(), Key: key }), { expiresIn: seconds });

/** An address to GET a file from. */
export const downloadUrl = (key: string, seconds: number): Promise<string> =>
  getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket(), Key: key }), { expiresIn: seconds });

/** What is stored under a key; `undefined` if nothing. */
export async function stored(key: string): Promise<StoredFile | undefined> {
  try {
    const { ETag = '', ContentLength = 0 } = await s3.send(new HeadObjectCommand({ Bucket: bucket(), Key: key }));
    return { tag: ETag, bytes: ContentLength };
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

/**
 * The bytes of a file from one on, a piece at a time, read in ranges.
 * @param tag the upload that is meant
 * @throws FileReplaced when the file is another one, or becomes it while it is read
 */
export async function* readFrom(key: string, byte: number, tag?: string): AsyncGenerator<Uint8Array, void> {
  const file = await stored(key);
  if (file === undefined || (tag !== undefined && file.tag !== tag)) throw new FileReplaced(key);
  for (let from = byte; from < file.bytes; from += rangeBytes) {
    const to = Math.min(from + rangeBytes, file.bytes) - 1;
    const range = await rangeOf(key, `bytes=${from}-${to}`, file.tag);
    for (let at = 0; at < range.length; at += pieceBytes) yield range.subarray(at, at + pieceBytes);
  }
}

async function rangeOf(key: string, range: string, tag: string): Promise<Uint8Array> {
  try {
    const { Body, ETag } = await s3.send(
      new GetObjectCommand({ Bucket: bucket(), Key: key, Range: range, IfMatch: tag }),
    );
    if (ETag !== tag || Body === undefined) throw new FileReplaced(key);
    return await Body.transformToByteArray();
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) throw new FileReplaced(key);
    throw error;
  }
}

/**
 * Writes a file as a whole; it appears when it is complete.
 * @param bytes how many there are: S3 takes up to 5 GB in one request and wants to know beforehand
 */
export async function write(
  key: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<void> {
  const Body = content instanceof Uint8Array ? content : Readable.from(content, { objectMode: false });
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket(),
      Key: key,
      Body,
      ContentLength: bytes,
      ContentType: 'application/x-ndjson',
    }),
  );
}
