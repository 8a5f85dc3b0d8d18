import { type IncomingMessage } from 'node:http';
import { AwsError } from '../aws-service.ts';

/** A request for one object, path style: `/bucket/key`. */
export interface ObjectRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  /** The caller's access key id. */
  readonly credential: string;
  /** CRC-32 of the content, where the caller says it. */
  readonly checksum?: string;
  readonly range?: { readonly from: number; readonly to?: number };
}

/** Reads a request. Throws `AwsError` for an address that is none, or one whose time is over. */
export function objectRequestOf(message: IncomingMessage, now: number): ObjectRequest {
  const { method = 'GET', headers } = message;
  const url = new URL(message.url ?? '/', 'http://local');
  const [bucket = '', ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const key = rest.join('/');
  if (bucket === '' || key === '') throw new AwsError('InvalidURI', 'Only objects are served: /bucket/key');
  const presigned = url.searchParams.get('X-Amz-Credential');
  if (presigned !== null) checkTime(url.searchParams, now);
  const checksum = headers['x-amz-checksum-crc32'] ?? url.searchParams.get('x-amz-checksum-crc32') ?? undefined;
  const range = rangeOf(headers.range);
  return {
    method,
    bucket,
    key,
    credential:
      (presigned ?? /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? '').split('/', 1)[0] ?? '',
    ...(typeof checksum === 'string' && { checksum }),
    ...(range && { range }),
  };
}

/** A presigned address is good from its date for as many seconds as it says. */
function checkTime(query: URLSearchParams, now: number): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  const from = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const until = from + Number(query.get('X-Amz-Expires')) * 1000;
  if (!(now <= until)) throw new AwsError('AccessDenied', 'Request has expired', 403);
}

function rangeOf(header: string | undefined): ObjectRequest['range'] {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined) return undefined;
  return { from: Number(from), ...(to !== undefined && to !== '' && { to: Number(to) }) };
}
