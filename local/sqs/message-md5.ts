import { createHash } from 'node:crypto';
import { type MessageAttributes } from './queue.ts';

const STRING_TRANSPORT = Buffer.from([1]);
const BINARY_TRANSPORT = Buffer.from([2]);

/** Hex MD5 of a message body, which the SDK compares with its own. */
export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** Hex MD5 over message attributes, as in the SQS developer guide ("Calculating the MD5 message digest"); none for none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const updateField = (field: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    hash.update(length).update(field);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    updateField(Buffer.from(name));
    updateField(Buffer.from(attribute.DataType));
    const binary = attribute.DataType.startsWith('Binary');
    hash.update(binary ? BINARY_TRANSPORT : STRING_TRANSPORT);
    updateField(binary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? ''));
  }
  return hash.digest('hex');
}

/** Bytes that count towards the 1 MiB limit: the body and every attribute's name, type and value. */
export function messageBytes(body: string, attributes: MessageAttributes = {}): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType);
    bytes += Buffer.byteLength(attribute.StringValue ?? '') + Buffer.byteLength(attribute.BinaryValue ?? '', 'base64');
  }
  return bytes;
}
