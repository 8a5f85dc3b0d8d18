import { type IncomingMessage } from 'node:http';

/** A request body over the limit. */
export class TooLarge extends Error {
  constructor(limitBytes: number) {
    super(`The body is larger than ${limitBytes} bytes`);
    this.name = 'TooLarge';
  }
}

const empty = Buffer.alloc(0);

/** Reads a whole request body; throws `TooLarge` over the limit, after letting the rest pass unread. */
export function readBody(message: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  if (length === undefined && encoding === undefined) {
    message.resume();
    return Promise.resolve(empty);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
    });
    message.on('end', () => {
      if (bytes > limitBytes) reject(new TooLarge(limitBytes));
      else resolve(chunks.length === 0 ? empty : chunks.length === 1 ? (chunks[0] ?? empty) : Buffer.concat(chunks));
    });
    message.on('error', reject);
    message.on('close', () => {
      if (!message.complete) reject(new Error('The client went away'));
    });
  });
}
