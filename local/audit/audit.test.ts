import { describe, expect, it } from 'vitest';
import { parseAuditArguments } from './arguments.ts';
import { words } from './words.ts';
import { auditedKinds } from '../../shared/model/stock/audited.ts';
import { type Audit } from '../../functions/audit/domain/audit.ts';

const counts = { ...(Object.fromEntries(auditedKinds.map((kind) => [kind, 0])) as Audit['counts']), position: 1200 };
const right: Audit = {
  checkedAt: '2026-11-22T09:30:00.000Z',
  complete: true,
  counts,
  oversold: 0,
  holds: true,
  unsettled: 0,
  findings: [],
};

describe('npm run audit', () => {
  it('reads the twin’s folder unless it is told of another place', () => {
    expect(parseAuditArguments([])).toMatchObject({ stage: 'local', dataDir: '.crossdock', repair: false });
    expect(parseAuditArguments(['--aws', '--stage', 'prod'])).not.toHaveProperty('dataDir');
    expect(parseAuditArguments(['--endpoint', 'http://localhost:8000'])).not.toHaveProperty('dataDir');
    expect(() => parseAuditArguments(['--aws', '--endpoint', 'x'])).toThrow('choose one');
  });

  it('says in plain words what it found, and what to do', () => {
    expect(words(right, [])).toBe('Looked at 1,200 position.\nEvery identity holds.\n');
    expect(words({ ...right, holds: false, complete: false }, [])).toContain('nothing is said');
    const finding = {
      id: 'x',
      identity: 'pool-balance',
      subject: { sku: 'TEE', pool: 'online' },
      difference: 2,
      meaning: 'They add up.',
      repairable: true,
      remedy: 'Repair it.',
      evidence: [{ what: 'pool', id: 'TEE@online', version: 3, units: 9 }],
    } as const;
    expect(words({ ...right, holds: false, findings: [finding] }, [])).toContain(
      'pool-balance: sku TEE, pool online differs by +2\n  They add up.\n  pool TEE@online (version 3): 9\n  Repair it.',
    );
  });
});
