import { canonicalJson } from '../../kernel/json.ts';
import { derivedId } from '../../kernel/ids.ts';
import { type Channel } from '../network/network.ts';
import { type LineIds, type QuarantineCode } from './inbox.ts';

/** The beginning of what names a line; the other causes name a channel's settings. */
const linePrefix = 'line';

/** What names a line that has no SKU: the same in every delivery that has it. */
const lineKey = ({ sku = '', variantId = '', listingId = '', barcode = '' }: LineIds): string =>
  derivedId(linePrefix, sku.trim(), variantId, listingId, barcode);

/** What names everything of a channel that mapping rests on: another name, and a delivery that could not be mapped may be. */
export const settingsKey = (channel: Channel | undefined): string =>
  channel === undefined
    ? 'none'
    : derivedId(
        'set',
        channel.type,
        channel.currency,
        canonicalJson(channel.settings ?? {}),
        canonicalJson(channel.locations ?? {}),
      );

/**
 * Why a delivery is in quarantine and what it waits for, as one text: what has the same is mended together. A line that has no SKU waits for
 * that line; everything else may come right once its channel is corrected.
 */
export const causeOf = (code: QuarantineCode, awaits: LineIds | undefined, channel: Channel | undefined): string =>
  `${code}#${awaits === undefined ? settingsKey(channel) : lineKey(awaits)}`;

/** A cause's two parts. */
export function partsOfCause(cause: string): { readonly code: string; readonly key: string; readonly isLine: boolean } {
  const [code = '', key = ''] = cause.split('#', 2);
  return { code, key, isLine: key.startsWith(`${linePrefix}_`) };
}
