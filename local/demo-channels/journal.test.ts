import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Journal } from './journal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'crossdock-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'demo-shop.ndjson');
const lines = () => readFileSync(file, 'utf8').trim().split('\n').length;

it('the journal of a market has each order as it was last, after a kill too, and grows with changes only', () => {
  const first = new Journal(folder, 'demo-shop');
  first.keep('1', { status: 'placed' });
  first.keep('2', { status: 'placed' });
  first.keep('1', { status: 'placed' });
  expect(lines()).toBe(2);
  first.keep('1', { status: 'shipped' });
  appendFileSync(file, '{"id":"2","kept":{"sta');
  const again = new Journal(folder, 'demo-shop');
  expect(again.all).toEqual([
    { id: '1', kept: { status: 'shipped' } },
    { id: '2', kept: { status: 'placed' } },
  ]);
  again.keep('3', undefined);
  expect(new Journal(folder, 'demo-shop').all).toHaveLength(3);
});

it('and nothing outlives one without a folder', () => {
  const journal = new Journal(undefined, 'demo-shop');
  journal.keep('1', {});
  expect(journal.all).toEqual([{ id: '1', kept: {} }]);
});
