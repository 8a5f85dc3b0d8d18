import { describe, expect, it } from 'vitest';
import { productAliasChanges } from '../../../../shared/model/alias-changes.ts';
import { now } from '../../fixtures/now.ts';
import { act, allowed, channelId, later, line, quarantineWorld } from '../../fixtures/quarantine-world.ts';
import { channelOf } from '../../fixtures/world.ts';
import { refuseDelivery } from './refuse-delivery.ts';
import { dismissDelivery } from './dismiss-delivery.ts';
import { retryWebhook } from './retry-webhook.ts';

type World = ReturnType<typeof quarantineWorld>;

describe('a delivery in quarantine', () => {
  it('has its code, the reason with the remedy, and what it waits for', async () => {
    const { deliver } = quarantineWorld();
    expect(await deliver({ lines: [line({ listing: { variantId: 'V1' } })] })).toMatchObject({
      state: 'QUARANTINED',
      code: 'unknown-sku',
      reason: expect.stringContaining('PUT /v1/channels/partner/listings/{sku} with variantId "V1"') as string,
      awaits: { sku: 'TEE-BLACK-M', variantId: 'V1' },
      events: [{ type: 'WebhookQuarantined.v1', data: { code: 'unknown-sku' } }],
    });
  });

  it('is mapped by itself once its SKU is listed, and what waits for another is left', async () => {
    const { deliver, list, mend, message } = quarantineWorld();
    const [tee, cap] = [await deliver(), await deliver({ lines: [line({ sku: 'CAP' })] })];
    expect(await mend()).toMatchObject({ retried: 0, causes: 2 });
    await list('TEE-BLACK-M');
    expect(await mend()).toMatchObject({ retried: 1 });
    expect((await message(tee.inboxId)).state).toBe('MAPPED');
    expect(await message(cap.inboxId)).toEqual(cap);
    expect(await mend()).toMatchObject({ retried: 0, causes: 1 });
  });

  it.each([
    ['a product is put', (all: World) => givenProduct(all, 'TEE-BLACK-M')],
    ['a product of its barcode is put', (all: World) => givenProduct(all, 'TEE', ['4006381333931'])],
    [
      'stock of it is received',
      async ({ ports }: World) => {
        const isInPool = (sku: string) => Promise.resolve(sku === 'TEE-BLACK-M');
        Object.assign(ports, { isInPool });
        return Promise.resolve();
      },
    ],
    ['its barcode is listed', async ({ list }: World) => list('TEE', { barcode: '04006381333931' })],
    ['its listing id is listed', async ({ list }: World) => list('TEE', { listingId: 'L1' })],
  ])('is mapped by itself once %s', async (_, fix) => {
    const all = quarantineWorld();
    const { inboxId } = await all.deliver({
      lines: [line({ listing: { variantId: 'V1', listingId: 'L1', barcode: '4006381333931' } })],
    });
    await fix(all);
    await all.mend();
    expect((await all.message(inboxId)).state).toBe('MAPPED');
  });

  it('with several unknown lines comes through whichever is listed first', async () => {
    const { deliver, list, mend, message } = quarantineWorld();
    const { inboxId } = await deliver({ lines: [line({ sku: 'A' }), line({ sku: 'B' }), line({ sku: 'C' })] });
    for (const sku of ['C', 'A', 'B']) {
      expect((await message(inboxId)).state).toBe('QUARANTINED');
      await list(sku);
      await mend();
    }
    expect((await message(inboxId)).state).toBe('MAPPED');
  });

  it('is told of once, however often it is tried and comes back for the same', async () => {
    const { deliver, mend, message, ports, correct, map } = quarantineWorld();
    const { inboxId } = await deliver({
      currency: 'EUR',
      lines: [line({ unitPrice: { amount: 1, currency: 'EUR' } })],
    });
    expect(await message(inboxId)).toMatchObject({ code: 'currency', events: [{}] });
    await retryWebhook(ports)({ inboxId, ...act, allowed });
    await map(inboxId);
    expect(await message(inboxId)).toMatchObject({ state: 'QUARANTINED', code: 'currency', events: [] });
    correct({ locations: { 'store-1': 'boston' } });
    expect(await mend()).toMatchObject({ retried: 1 });
    expect(await message(inboxId)).toMatchObject({ state: 'QUARANTINED', code: 'currency', events: [] });
    expect(await mend()).toMatchObject({ retried: 0, causes: 1 });
  });

  it('is mapped by itself once its channel is corrected', async () => {
    const { deliver, mend, message, correct } = quarantineWorld(
      channelOf({ channelId, type: 'webhook', currency: 'EUR' }),
    );
    const { inboxId } = await deliver({ lines: [line()] });
    expect(await message(inboxId)).toMatchObject({ code: 'currency' });
    correct({ currency: 'USD' });
    await mend();
    expect(await message(inboxId)).toMatchObject({ code: 'unknown-sku' });
  });

  it('waits on while its channel is paused', async () => {
    const { deliver, list, mend, correct, message } = quarantineWorld();
    const { inboxId } = await deliver();
    await list('TEE-BLACK-M');
    correct({ paused: true });
    expect(await mend()).toMatchObject({ retried: 0 });
    correct({ paused: false });
    await mend();
    expect((await message(inboxId)).state).toBe('MAPPED');
  });

  it('says how long the oldest has been waiting', async () => {
    const { deliver, mend } = quarantineWorld();
    await deliver();
    expect(await mend(later(61))).toEqual({ retried: 0, causes: 1, oldestSeconds: 61 * 60 });
  });

  it('of an order that could not be captured comes back silently, and is tried again when its channel is corrected', async () => {
    const { deliver, list, ports, message, mend, correct, store } = quarantineWorld();
    await list('TEE-BLACK-M');
    const { inboxId } = await deliver();
    await refuseDelivery(ports)({ inboxId, reason: 'Payments are more than the total.' }, now);
    expect(await message(inboxId)).toMatchObject({ state: 'QUARANTINED', code: 'not-captured', events: [{}] });
    const [said] = store.all('channelOrder');
    if (said !== undefined)
      store.given('channelOrder', { ...said, refused: { code: 'invalid-request', reason: 'too much paid' } });
    expect(await mend()).toMatchObject({ retried: 0 });
    correct({ settings: { prices: 'gross' } });
    await mend();
    await refuseDelivery(ports)({ inboxId, reason: 'Payments are more than the total.' }, now);
    expect(await message(inboxId)).toMatchObject({ code: 'not-captured', events: [] });
  });
});

async function givenProduct({ store, ports }: World, sku: string, barcodes: string[] = []) {
  const product = { sku, tags: [], barcodes, version: 1, updatedAt: now };
  store.given('product', product);
  await ports.commit(productAliasChanges(undefined, product));
}

describe('a delivery that a person dismisses', () => {
  it('is ignored with who decided it and why, and can be looked at again', async () => {
    const { deliver, ports, message, mend, list } = quarantineWorld();
    const { inboxId } = await deliver();
    const call = { inboxId, ...act, allowed, reason: 'a training order' };
    expect(await dismissDelivery(ports)(call)).toMatchObject({ ok: true, value: { state: 'IGNORED' } });
    expect(await message(inboxId)).toMatchObject({
      state: 'IGNORED',
      reason: 'a training order',
      dismissed: { by: 'ops', at: now },
      events: [],
    });
    expect(await dismissDelivery(ports)(call)).toMatchObject({ refusal: { code: 'state-conflict' } });
    await list('TEE-BLACK-M');
    expect(await mend()).toMatchObject({ retried: 0 });
    await retryWebhook(ports)({ inboxId, ...act, allowed });
    await mend();
    expect(await message(inboxId)).toMatchObject({ state: 'MAPPED' });
    expect((await message(inboxId)).dismissed).toBeUndefined();
  });

  it('is not one that became an order, nor one of a channel that the caller may not act for', async () => {
    const { deliver, ports, list } = quarantineWorld();
    const { inboxId } = await deliver();
    const forbidden = { ok: false, refusal: { code: 'forbidden', detail: 'not yours' } } as const;
    const call = { inboxId, ...act, reason: 'mine' };
    expect(await dismissDelivery(ports)({ ...call, allowed: () => forbidden })).toEqual(forbidden);
    expect(await dismissDelivery(ports)({ ...call, inboxId: 'in_none', allowed })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    await list('CAP');
    const mapped = await deliver({ lines: [line({ sku: 'CAP' })] });
    expect(await dismissDelivery(ports)({ ...call, inboxId: mapped.inboxId, allowed })).toMatchObject({
      refusal: { code: 'state-conflict' },
    });
  });
});
