import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const onlyMine = 0o600;
const content = z.object({ format: z.literal(1), cipher: z.literal(cipher), sealed: z.record(z.string(), z.string()) });

/**
 * Texts by name in one file, each sealed on its own with AES-256-GCM and bound to its name. The key is a file beside it that only its owner
 * may read, made when the first text is put. A write replaces the whole file by one rename, so that a process that is killed leaves
 * the old one or the new one. One process at a time may have it open.
 */
export class SealedFile {
  private readonly file: string;
  private readonly keyFile: string;
  private readonly sealed: Map<string, string>;
  private key: Buffer | undefined;

  /** Throws an Error that names the file when it is damaged, was changed, or its key is gone. */
  constructor(folder: string) {
    this.file = path.join(folder, 'secrets.json');
    this.keyFile = path.join(folder, 'secrets.key');
    this.sealed = new Map(Object.entries(this.stored()));
    this.key = existsSync(this.keyFile) ? this.storedKey() : undefined;
    for (const name of this.sealed.keys()) this.get(name);
  }

  names(): string[] {
    return [...this.sealed.keys()];
  }

  get(name: string): string | undefined {
    const text = this.sealed.get(name);
    return text === undefined ? undefined : this.open(name, text);
  }

  put(name: string, text: string): void {
    this.sealed.set(name, this.seal(name, text));
    this.save();
  }

  delete(name: string): void {
    if (this.sealed.delete(name)) this.save();
  }

  private save(): void {
    const sealed = Object.fromEntries(this.sealed);
    replaceFile(this.file, `${JSON.stringify({ format: 1, cipher, sealed }, null, 1)}\n`);
  }

  private seal(name: string, text: string): string {
    this.key ??= this.newKey();
    const iv = randomBytes(ivBytes);
    const sealing = createCipheriv(cipher, this.key, iv).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
    return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64');
  }

  private open(name: string, text: string): string {
    if (this.key === undefined) throw this.damaged(`${this.keyFile}, which it was sealed with, is not there`);
    const bytes = Buffer.from(text, 'base64');
    try {
      const opening = createDecipheriv(cipher, this.key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([opening.update(bytes.subarray(ivBytes + tagBytes)), opening.final()]).toString('utf8');
    } catch (cause) {
      throw this.damaged(`secret ${name} was changed, or sealed with another key than ${this.keyFile}`, cause);
    }
  }

  private stored(): Readonly<Record<string, string>> {
    if (!existsSync(this.file)) return {};
    try {
      return content.parse(JSON.parse(readFileSync(this.file, 'utf8'))).sealed;
    } catch (cause) {
      throw this.damaged('it is not what was written there', cause);
    }
  }

  private storedKey(): Buffer {
    const key = Buffer.from(readFileSync(this.keyFile, 'utf8').trim(), 'base64');
    if (key.length !== keyBytes) throw this.damaged(`${this.keyFile} is no key of ${keyBytes} bytes`);
    return key;
  }

  private newKey(): Buffer {
    const key = randomBytes(keyBytes);
    replaceFile(this.keyFile, `${key.toString('base64')}\n`);
    return key;
  }

  private damaged(why: string, cause?: unknown): Error {
    const remedy = `Restore both files from a copy, or delete ${this.file} and put the secrets again.`;
    return new Error(`${this.file} cannot be read: ${why}. ${remedy}`, { cause });
  }
}

/** Written and synced under another name, then put in place: whole or not at all, and only its owner may read it. */
function replaceFile(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(`${file}.new`, 'w', onlyMine);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${file}.new`, file);
}
