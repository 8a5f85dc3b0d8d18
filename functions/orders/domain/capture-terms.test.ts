import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { input, shop } from '../testing/shop.ts';

describe('capturing where a rule says what must stay', () => {
  it('learns of it from the refused write, and sells what is above it', async () => {
    const { store, capture, calls, ruled } = await shop({ TEE: 5 }, { buffer: 0 });
    await ruled('TEE', 3);
    expect(await capture(input('1', [['TEE', 2]]))).toMatchObject({ ok: true });
    expect(calls(), 'one read, a try, and the write that holds').toEqual(['channel', 'commit', 'commit']);
    expect(await capture(input('2', [['TEE', 1]]))).toMatchObject({
      ok: false,
      refusal: {
        code: 'insufficient-stock',
        facts: { short: [{ sku: 'TEE', pool: 'online', wanted: 1, left: 0 }] },
        errors: [{ pointer: '/lines/0/quantity' }],
      },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it("may sell more than the channel's own buffer would let it", async () => {
    const { capture, ruled } = await shop({ TEE: 5, CAP: 5 }, { buffer: 4 });
    await ruled('TEE', 0);
    expect(
      await capture(
        input('1', [
          ['TEE', 5],
          ['CAP', 1],
        ]),
      ),
    ).toMatchObject({ ok: true });
  });

  it('takes no notice of what is said for another channel, nor of any when it has sold already', async () => {
    const other = await shop({ TEE: 5 });
    await other.ruled('TEE', 5, 'marketplace');
    expect(await other.capture(input('1', [['TEE', 5]]))).toMatchObject({ ok: true });
    const sold = await shop({ TEE: 5 }, { onShortage: 'backorder' });
    await sold.ruled('TEE', 5);
    expect(await sold.capture(input('1', [['TEE', 5]]))).toMatchObject({
      ok: true,
      value: { lines: [{ reserved: 5 }] },
    });
  });
});
