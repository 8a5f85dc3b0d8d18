import * as z from 'zod';
import { allocateMinor, decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { ok } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { fineMinorOf } from '../../kit/fine-amounts.ts';
import { isGivenBack } from '../../kit/given-back.ts';
import { isNamedIn } from '../../kit/named.ts';
import { callShop } from '../api.ts';
import { needs } from '../needs.ts';
import { wooRefund } from '../payload.ts';
import { type Order, pathOf, readOrder } from './order.ts';

const refunds = z.array(wooRefund);

/**
 * A refund with its units, which never come back to the shop's stock by it; `refundPayments` says whether the shop's gateway gives the money back or
 * it is only recorded, as what our own has given back always is. Once: its id is in its reason.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#create-a-refund
 */
export const tellRefunded: Tell<'refunded'> = async ({ externalId, facts }, connection) => {
  const path = `${pathOf(externalId)}/refunds`;
  const query = { per_page: '100' };
  const present = await callShop(connection, { operation: 'orderWrites', path, query }, refunds);
  if (!present.ok) return present;
  const told = present.value.data.find(({ reason }) => isNamedIn(reason, facts.refundId));
  if (told !== undefined) return ok({ reference: told.id });
  const byGateway = settingOf(connection.channel, needs, 'refundPayments') === 'no' ? ok(true) : isGivenBack(facts);
  if (!byGateway.ok) return byGateway;
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  const body = {
    amount: decimalFromMinor(facts.amount),
    reason: `${facts.reason.slice(0, 400)} (${facts.refundId})`,
    api_refund: !byGateway.value,
    api_restock: false,
    line_items: linesOf(facts, order.value),
  };
  const made = await callShop(connection, { operation: 'orderWrites', method: 'POST', path, body }, wooRefund);
  return made.ok ? ok({ reference: made.value.data.id }) : made;
};

/** The amount over the lines, as far as their units come to it, and of each line over its price and its taxes. */
function linesOf({ lines, amount }: NoticeToTell<'refunded'>['facts'], order: Order) {
  const minor = (text: string | number | null | undefined) => fineMinorOf(text, amount.currency).round().toNumber();
  const units = lines.flatMap(({ lineId, quantity }) => {
    const line = order.line_items.find(({ id }) => id === lineId);
    if (line === undefined || line.quantity === 0) return [];
    const taxes = line.taxes.flatMap(({ id, total }) => (id === undefined ? [] : [{ id, minor: minor(total) }]));
    const whole = minor(line.total) + taxes.reduce((sum, tax) => sum + tax.minor, 0);
    return [{ line, quantity, taxes, worth: Math.round((whole * quantity) / line.quantity) }];
  });
  const worth = units.reduce((sum, one) => sum + one.worth, 0);
  const shares = allocateMinor(
    Math.min(amount.amount, worth),
    units.map((one) => one.worth),
  );
  const text = (part: number) => decimalFromMinor({ ...amount, amount: part });
  return units.map(({ line, quantity, taxes }, index) => {
    const [price = 0, ...ofTaxes] = allocateMinor(shares[index] ?? 0, [
      minor(line.total),
      ...taxes.map((tax) => tax.minor),
    ]);
    return {
      id: Number(line.id),
      quantity,
      refund_total: text(price),
      refund_tax: taxes.map(({ id }, at) => ({ id: Number(id), refund_total: text(ofTaxes[at] ?? 0) })),
    };
  });
}
