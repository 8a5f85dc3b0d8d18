import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from '../../local/demo/server.ts';
import { readOlist } from './olist.ts';
import { type Replay, failuresOf, replayOlist } from './replay.ts';
import { reportOf } from './report.ts';

const data = await readOlist(path.join(import.meta.dirname, 'fixture'));
const quiet = { tick: () => undefined, done: () => undefined };
let server: Server;
let whole: Replay;
const replay = (stock: number): Promise<Replay> =>
  replayOlist(server.api, data, { clients: 4, stock, progress: () => quiet });

beforeAll(async () => {
  server = await startServer({ enforceIam: true });
  whole = await replay(1);
}, 300_000);
afterAll(() => server.stop());

describe('a replay', () => {
  it('takes every order, routes it, and cancels what was cancelled', () => {
    const done = whole;
    expect(failuresOf(done)).toEqual([]);
    expect(done.captured.filter(({ refused }) => refused !== undefined)).toEqual([]);
    const kinds = Object.groupBy(done.settled, ({ kind }) => kind);
    expect(kinds.routed).toHaveLength(17);
    expect(kinds.cancelled).toHaveLength(2);
    expect(done.captured.flatMap(({ cancel }) => cancel ?? [])).toEqual(['cancelled', 'cancelled']);
    expect(done.settled.flatMap(({ parcels }) => parcels).every(({ distanceKm }) => distanceKm !== undefined)).toBe(
      true,
    );
    expect(done.audit).toMatchObject({ holds: true, oversold: 0 });
    expect(reportOf(done).join('\n')).toMatch(/distance +median [\d,]+ km/);
  });

  it('with less stock refuses some, by code, and oversells none', async () => {
    const done = await replay(0.6);
    expect(done.names.channel).toBe('olist-2');
    expect(failuresOf(done)).toEqual([]);
    const refused = done.captured.flatMap(({ refused: code }) => code ?? []);
    expect(refused.length).toBeGreaterThan(3);
    expect(refused.filter((code) => code !== 'insufficient-stock' && code !== 'unknown-sku')).toEqual([]);
    expect(done.audit).toMatchObject({ holds: true, oversold: 0 });
    expect(server.accessDenied).toEqual([]);
  }, 300_000);
});

describe('its verdict', () => {
  it('names what went wrong', () => {
    const [first, ...rest] = whole.settled;
    const orderId = first?.orderId ?? '';
    const broken: Replay = {
      ...whole,
      settled: [...(first ? [{ ...first, kind: 'silent' as const }] : []), ...rest.slice(1)],
      audit: { ...whole.audit, oversold: 2, holds: false },
    };
    expect(failuresOf(broken)).toEqual([
      '2 units were oversold',
      'the auditor found 0 identities that do not hold',
      `1 accepted orders are neither routed nor say why (${orderId} …)`,
      '1 accepted orders were lost from sight',
    ]);
  });
});
