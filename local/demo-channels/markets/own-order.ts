/** An order in Crossdock's own form: two of something, paid. */
export const ownOrder = (externalId: string, sku: string, street = '1 Beacon St') => ({
  externalId,
  currency: 'USD',
  shipTo: { name: 'Ada Buyer', lines: [street], city: 'Boston', region: 'MA', postalCode: '02108', country: 'US' },
  lines: [{ sku, quantity: 2, unitPrice: { amount: 2199, currency: 'USD' }, externalLineId: '1' }],
  payments: [{ provider: 'recorded' as const, amount: { amount: 4398, currency: 'USD' } }],
});
