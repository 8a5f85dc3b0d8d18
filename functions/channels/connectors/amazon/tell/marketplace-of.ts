import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { partsOf } from '../api-url.ts';
import { needs } from '../needs.ts';

/** The marketplace that an order is of: what it says itself, else the channel's first. Refusal: `invalid-request` where neither is known. */
export function marketplaceOf({ externalId, snapshot }: NoticeToTell, { channel }: Connection): Result<string> {
  const id = snapshot?.order.attributes?.['marketplaceId'] ?? partsOf(channel, 'marketplaceIds')[0];
  return id === undefined
    ? refuse(
        'invalid-request',
        `The marketplace of order ${externalId} is not known. Give channel ${channel.channelId} the setting marketplaceIds, and retry.`,
      )
    : ok(id);
}

/** Why a vendor's purchase orders are told of elsewhere; `undefined` for a seller's channel. */
export function vendorRefusal({ externalId }: NoticeToTell, { channel }: Connection): Result<never> | undefined {
  return settingOf(channel, needs, 'program') === 'vendor'
    ? refuse(
        'invalid-request',
        `${externalId} is a purchase order of Amazon: its shipments, shortages and invoices are told by EDI or in Vendor Central. Do that, and dismiss this.`,
      )
    : undefined;
}
