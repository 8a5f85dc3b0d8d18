import * as z from 'zod';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { callShop } from '../api.ts';

const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);
const eligibility = z.looseObject({
  sku_eligibility: list(
    z.looseObject({
      line_item_eligibility: list(
        z.looseObject({
          request_type: z.string().nullish(),
          eligible: z.boolean().nullish(),
          available_reason_names: list(z.string()),
        }),
      ),
    }),
  ),
});

/**
 * The reasons that TikTok lets a seller give for this order, by what is asked for; they depend on its state and market.
 * Source: https://partner.tiktokshop.com/docv2/page/get-aftersale-eligibility-202309
 */
export async function reasonsFor(
  connection: Connection,
  orderId: string,
  types: readonly string[],
): Promise<Result<readonly string[]>> {
  const answer = await callShop(
    connection,
    {
      operation: 'eligibility',
      method: 'GET',
      path: `/return_refund/202309/orders/${encodeURIComponent(orderId)}/aftersale_eligibility`,
      query: { initiate_aftersale_user: 'SELLER' },
    },
    eligibility,
  );
  if (!answer.ok) return answer;
  const asked = answer.value.sku_eligibility
    .flatMap(({ line_item_eligibility }) => line_item_eligibility)
    .filter(({ request_type, eligible }) => eligible !== false && types.includes(request_type ?? ''));
  return ok([...new Set(asked.flatMap(({ available_reason_names }) => available_reason_names))]);
}
