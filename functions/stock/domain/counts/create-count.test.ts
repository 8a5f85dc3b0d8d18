import { expect, it } from 'vitest';
import { caller, stockWorld } from '../../testing/memory-ports.ts';
import { createCount } from './create-count.ts';
import { cancelCount } from './recount.ts';

it('refuses a shelf that is being counted until that count has ended', async () => {
  const { ports } = stockWorld();
  const ask = (...skus: string[]) => createCount(ports)({ location: 'boston', skus }, caller);
  const first = await ask('A', 'B');
  expect(await ask('C', 'B')).toMatchObject({
    ok: false,
    refusal: { code: 'state-conflict', errors: [{ pointer: '/skus/1' }] },
  });
  await cancelCount(ports)({ ...caller, countId: first.ok ? first.value.countId : '' });
  expect(await ask('C', 'B')).toMatchObject({ ok: true });
});
