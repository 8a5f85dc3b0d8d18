import { expect, it } from 'vitest';
import { aLocation } from '../../../shared/testing/world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { names, world } from '../testing/world.ts';
import { auditStock } from './audit.ts';

const closedAt = '2026-11-22T08:00:00.000Z';

it.each([
  ['that was closed this morning and is sold from in the evening', '2026-11-22T20:00:00.000Z', closedAt, 7],
  ['whose shelf was filled a minute ago', '2026-11-22T09:31:00.000Z', '2026-11-21T08:00:00.000Z', undefined],
  ['that was closed an hour ago: stock is still walked over', '2026-11-22T09:45:00.000Z', closedAt, undefined],
])('looks at a location %s', async (_what, now, updatedAt, difference) => {
  const store = await world();
  store.given('location', aLocation(names.location, { active: false, updatedAt }));
  const { holds, findings } = await auditStock(memoryPorts(store))({ now });
  expect(holds).toBe(difference === undefined);
  expect(findings.map((one) => [one.identity, one.subject, one.difference, one.repairable])).toEqual(
    difference === undefined
      ? []
      : [['closed-not-sold', { sku: names.sku, location: names.location }, difference, false]],
  );
});
