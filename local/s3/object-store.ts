import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

/** What is known of a stored object. */
export interface StoredObject {
  readonly bytes: number;
  readonly etag: string;
  readonly contentType: string;
  readonly storedAt: string;
  /** The file that has its content. */
  readonly file: string;
}

/** One upload. */
export interface Upload {
  readonly content: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  /** Asked once the content has been read: base64 of its CRC-32 (big-endian), if the caller said one. */
  readonly expectedCrc32: () => string | undefined;
}

/** The content is not what the upload said. */
export class BadDigest extends Error {}

/**
 * Objects as files below a folder, one bucket a folder. An object appears whole or not at all: its content is written and synced under a
 * new name, then the small file that describes it is put in place by one rename.
 */
export class ObjectStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Stores an object. Throws `BadDigest` when it is not what was expected. */
  async put(bucket: string, key: string, { content, contentType, expectedCrc32 }: Upload): Promise<StoredObject> {
    const description = this.descriptionOf(bucket, key);
    await mkdir(path.dirname(description), { recursive: true });
    const before = await this.head(bucket, key);
    const file = path.join(path.dirname(description), `${randomUUID()}.content`);
    try {
      const { bytes, md5, crc } = await written(content, file);
      const expected = expectedCrc32();
      if (expected !== undefined && expected !== crc) throw new BadDigest(`CRC-32 is ${crc}`);
      const stored = { bytes, etag: `"${md5}"`, contentType, storedAt: new Date().toUTCString(), file };
      await writeFile(`${file}.new`, JSON.stringify(stored));
      await rename(`${file}.new`, description);
      if (before) await rm(before.file, { force: true });
      return stored;
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }

  /** What is known of an object, or `undefined` if there is none. */
  async head(bucket: string, key: string): Promise<StoredObject | undefined> {
    try {
      return JSON.parse(await readFile(this.descriptionOf(bucket, key), 'utf8')) as StoredObject;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The bytes `from` up to and with `to`. */
  read({ file }: StoredObject, from: number, to: number): ReadStream {
    return createReadStream(file, { start: from, end: to });
  }

  /** Deletes an object; one that is gone already is no error. */
  async delete(bucket: string, key: string): Promise<void> {
    const object = await this.head(bucket, key);
    await rm(this.descriptionOf(bucket, key), { force: true });
    if (object) await rm(object.file, { force: true });
  }

  /** Keys are hashed, so that no key is too long for a file name or leads out of the folder. */
  private descriptionOf(bucket: string, key: string): string {
    return path.join(this.folder, bucket, `${createHash('sha256').update(key).digest('hex')}.json`);
  }
}

async function written(content: AsyncIterable<Uint8Array>, file: string) {
  const hash = createHash('md5');
  let bytes = 0;
  let crc = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      hash.update(chunk);
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(file));
  const handle = await open(file);
  await handle.sync();
  await handle.close();
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc >>> 0);
  return { bytes, md5: hash.digest('hex'), crc: checksum.toString('base64') };
}
