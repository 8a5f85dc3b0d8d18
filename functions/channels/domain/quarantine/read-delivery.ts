import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type InboxMessage } from '../../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type DeliveryCall, readableDelivery } from './delivery-call.ts';
import { type DeliveryView, viewOf } from './view.ts';

const gunzip = promisify(gunzipWithCallback);

/** A body beyond this is answered gzipped: escaped or in base64 it would not fit the 6 MB that a function may answer. */
const mostBytes = 1024 * 1024;

/** The bytes of a delivery, in a form that JSON can carry. */
export interface BodyView {
  readonly encoding: 'utf8' | 'base64' | 'gzip+base64';
  readonly data: string;
  /** How many they are, unpacked. */
  readonly bytes: number;
}

/** All of a delivery. */
export type WholeDelivery = DeliveryView &
  Pick<InboxMessage, 'deliveryId' | 'externalId' | 'attempts' | 'retryAt' | 'dismissed' | 'version' | 'updatedAt'> & {
    readonly body: BodyView;
  };

/** Reads all of a delivery, its body byte for byte as it came. Refusals: `not-found`, `forbidden`. */
export const readDelivery =
  (ports: Pick<ChannelsPorts, 'message'>) =>
  async (call: Pick<DeliveryCall, 'inboxId' | 'allowed'>): Promise<Result<WholeDelivery>> => {
    const found = await readableDelivery(ports, call);
    if (!found.ok) return found;
    const { deliveryId, externalId, attempts, retryAt, dismissed, version, updatedAt, body } = found.value;
    return ok({
      ...viewOf(found.value),
      deliveryId,
      ...present({ externalId, attempts, retryAt, dismissed }),
      body: bodyOf(body, await gunzip(body)),
      version,
      updatedAt,
    });
  };

function bodyOf(packed: Uint8Array, raw: Buffer): BodyView {
  const bytes = raw.length;
  if (bytes > mostBytes) return { encoding: 'gzip+base64', data: Buffer.from(packed).toString('base64'), bytes };
  const encoding = isUtf8(raw) ? 'utf8' : 'base64';
  return { encoding, data: raw.toString(encoding), bytes };
}
