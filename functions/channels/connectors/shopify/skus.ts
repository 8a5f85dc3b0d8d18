import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type MapContext } from '../../domain/connector.ts';
import { clean } from './people.ts';
import { type ShopifyLine } from './payload.ts';

/**
 * The SKU of each line, by line id: the line's own where it has one, else the one listed on the channel under its variant id.
 * The refusal names every line at fault with its remedy.
 */
export async function skusOfLines(
  lines: readonly ShopifyLine[],
  { channel, skusOf }: MapContext,
): Promise<Result<ReadonlyMap<string, string>>> {
  const found = await Promise.all(lines.map((line) => skuOf(line, channel.channelId, skusOf)));
  const faults = found.flatMap((one) => (one.ok ? [] : [one.refusal.detail]));
  if (faults.length > 0) return refuse('unknown-sku', faults.join(' '));
  return ok(
    new Map(lines.flatMap(({ id }, index) => (found[index]?.ok === true ? [[id, found[index].value] as const] : []))),
  );
}

async function skuOf(line: ShopifyLine, channelId: string, skusOf: MapContext['skusOf']): Promise<Result<string>> {
  const own = line.sku?.trim() ?? '';
  if (own !== '') return ok(own);
  const name = `line ${line.id} (${clean(line.name ?? line.title) ?? 'without a name'})`;
  if (line.variant_id == null) {
    return refuse(
      'unknown-sku',
      `The ${name} has neither SKU nor variant: capture this order with POST /v1/orders instead.`,
    );
  }
  const [sku, ...others] = await skusOf(line.variant_id);
  if (sku !== undefined && others.length === 0) return ok(sku);
  const put = `PUT /v1/channels/${channelId}/listings/{sku}`;
  if (sku === undefined) {
    return refuse(
      'unknown-sku',
      `No SKU is listed for variant ${line.variant_id} of ${name}: send ${put} with variantId "${line.variant_id}", then retry.`,
    );
  }
  return refuse(
    'unknown-sku',
    `Variant ${line.variant_id} of ${name} is listed for ${[sku, ...others].join(' and ')}: give all but one another variantId with ${put}, then retry.`,
  );
}
