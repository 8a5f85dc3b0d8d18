/** What an aws-chunked body ended with: its trailing headers, by lower-case name. */
export interface Trailers {
  readonly trailers: Map<string, string>;
}

/**
 * Decodes `content-encoding: aws-chunked`, in which the SDK streams bodies with a checksum at their end: chunks of `<hex size>[;…]CRLF
 * <bytes>CRLF`, a chunk of size 0, then trailing headers.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  into: Trailers,
): AsyncGenerator<Uint8Array, void> {
  const reader = new LineReader(source);
  for (;;) {
    const header = await reader.line();
    const size = Number.parseInt(header.split(';', 1)[0] ?? '', 16);
    if (!Number.isSafeInteger(size)) throw new Error(`"${header}" is no chunk header`);
    if (size === 0) break;
    yield* reader.bytes(size);
    await reader.line();
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const [name = '', value = ''] = line.split(/:\s*/, 2);
    into.trailers.set(name.toLowerCase(), value);
  }
}

/** Reads lines and counted bytes off a stream; nothing more of it is kept than one piece. */
class LineReader {
  private readonly pieces: AsyncIterator<Uint8Array>;
  private rest = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.pieces = source[Symbol.asyncIterator]();
  }

  /** The next line without its end; the empty line once the stream is over. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf('\r\n');
      if (end >= 0)
        return this.take(end + 2)
          .subarray(0, end)
          .toString('latin1');
      if (!(await this.more())) return this.take(this.rest.length).toString('latin1');
    }
  }

  async *bytes(count: number): AsyncGenerator<Uint8Array, void> {
    for (let left = count; left > 0;) {
      if (this.rest.length === 0 && !(await this.more())) throw new Error('the body ended within a chunk');
      const piece = this.take(Math.min(left, this.rest.length));
      left -= piece.length;
      yield piece;
    }
  }

  private take(bytes: number): Buffer {
    const taken = this.rest.subarray(0, bytes);
    this.rest = this.rest.subarray(bytes);
    return taken;
  }

  private async more(): Promise<boolean> {
    const next = await this.pieces.next();
    if (next.done === true) return false;
    this.rest = this.rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.rest, next.value]);
    return true;
  }
}
