import * as z from 'zod';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connector } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callWalmart } from './api.ts';

const errors = z.looseObject({ error: z.array(z.looseObject({ description: z.string().nullish() })) });
const failed = z.union([errors, z.looseObject({ errors }).transform((one) => one.errors)]);

/**
 * Acknowledges the whole purchase order, which Walmart wants within four hours. Again is the same; an order that has gone past it (shipped,
 * cancelled) is refused by Walmart and needs none. Source: https://developer.walmart.com/us-marketplace/reference/acknowledgeorders
 */
export const acknowledge: NonNullable<Connector['acknowledge']> = async ({ externalId }, connection) => {
  const path = `/v3/orders/${encodeURIComponent(externalId)}/acknowledge`;
  const answer = await callWalmart(connection, { operation: 'acknowledge', method: 'POST', path });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 200) return ok(true);
  const json = readJson(body);
  const said = failed.safeParse(json.ok ? json.value : undefined);
  const words = said.success ? said.data.error.map(({ description }) => description ?? '').join(' ') : '';
  if (status === 400 && /(acknowledged|shipped|delivered|cancell?ed)\b/i.test(words)) return ok(true);
  return status === 404
    ? refuse('not-found', `Walmart knows no order ${externalId} of this seller.`)
    : refuse(
        'state-conflict',
        `Walmart did not take the acknowledgement of order ${externalId} (${status}): ${words.slice(0, 300)}`,
      );
};
