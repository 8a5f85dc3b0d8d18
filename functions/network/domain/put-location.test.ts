import { expect, it } from 'vitest';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, testNow } from '../../../shared/testing/world.ts';
import { type LocationPorts, putLocation } from './put-location.ts';
import { readLocation } from './read-location.ts';

function world() {
  const store = memoryStore();
  const ports: LocationPorts = {
    location: (locationId) => store.get('location', { locationId }),
    hasStock: () => Promise.resolve(true),
    coordinatesOf: () => undefined,
    walk: (walkId) => store.get('stockWalk', { walkId }),
    commit: store.commit,
  };
  const { version: _version, updatedAt: _updatedAt, ...input } = aLocation('soho');
  const put = (more: Partial<typeof input> = {}) => putLocation(ports)({ ...input, ...more }, testNow);
  return { ports, put, read: (locationId: string) => readLocation(ports)(locationId) };
}

it('asks for a walk with what changes whether a location is sold from, and shows how far it is', async () => {
  const { put, read } = world();
  expect(await put()).toMatchObject({ ok: true });
  expect(await read('soho')).toMatchObject({ value: { active: true } });
  expect(await read('soho')).not.toHaveProperty('value.application');
  await put({ active: false });
  expect(await read('soho')).toMatchObject({
    value: { active: false, application: { state: 'RUNNING', startedAt: testNow, skus: 0, positions: 0 } },
  });
  expect(await read('nowhere')).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
});

it('asks once for what is put twice, and anew for what is put otherwise', async () => {
  const { put, ports } = world();
  const generation = async () => (await ports.walk('location-soho'))?.generation;
  await put();
  await put({ active: false });
  await put({ active: false, name: 'SoHo, closed' });
  expect(await generation()).toBe(1);
  await put({ active: true });
  expect(await generation()).toBe(2);
});

it('keeps the pool of a location that holds stock, and says how it is not sold from', async () => {
  const { put } = world();
  await put();
  expect(await put({ pool: 'stores' })).toMatchObject({
    ok: false,
    refusal: { code: 'state-conflict', detail: expect.stringContaining('with active false') as unknown },
  });
});
