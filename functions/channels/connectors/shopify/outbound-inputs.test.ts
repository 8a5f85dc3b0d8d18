import { describe, expect, it } from 'vitest';
import { cancelInput, fulfillmentInput, refundInput } from '../../../../tests/sandboxes/shopify/order-inputs.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';

/** Variables of a mutation in a recorded conversation with a shop. */
function recorded(file: string, field: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { query, variables } = value as { query?: unknown; variables?: Record<string, unknown> };
    if (typeof query === 'string' && new RegExp(`^\\s*${field}\\s*\\(`, 'm').test(query) && variables)
      found.push(variables);
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(JSON.parse(inputBytes(`shopify/graphql-conformance/${file}`).toString()));
  return found;
}

describe.runIf(inputsPresent)('the sandbox judges mutations as recorded ones are', () => {
  it('parcels and cancellations', () => {
    const parcels = recorded('2026-04.orders__return-reverse-logistics-recorded.json', 'fulfillmentCreate');
    expect(parcels.length).toBeGreaterThan(0);
    for (const variables of parcels) expect(fulfillmentInput.safeParse(variables).error).toBeUndefined();
    const cancels = recorded('2026-04.orders__order-edit-commit-history-and-fulfillment-orders.json', 'orderCancel');
    expect(cancels.length).toBeGreaterThan(0);
    for (const variables of cancels) expect(cancelInput.safeParse(variables).error).toBeUndefined();
  });

  it('refunds: every field that ours has, the recorded one has', () => {
    const file = '2025-01.orders__refund-create-full-parity.json';
    const { variables } = JSON.parse(inputBytes(`shopify/graphql-conformance/${file}`).toString()) as {
      variables: { input: { transactions: object[]; refundLineItems: object[] } };
    };
    const { shape } = refundInput.shape.input;
    expect(Object.keys(variables.input)).toEqual(expect.arrayContaining(Object.keys(shape)));
    expect(Object.keys(variables.input.transactions[0] ?? {}).sort()).toEqual(
      Object.keys(shape.transactions.element.shape).sort(),
    );
    expect(Object.keys(variables.input.refundLineItems[0] ?? {}).sort()).toEqual(
      Object.keys(shape.refundLineItems.element.shape).sort(),
    );
  });
});
