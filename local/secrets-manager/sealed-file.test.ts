import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { SealedFile } from './sealed-file.ts';

let folder: ReturnType<typeof temporaryFolder>;
const at = (file: string): string => path.join(folder.path, file);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** Two secrets on disk. */
function filled(): void {
  const file = new SealedFile(folder.path);
  file.put('shop', 'shpss_0123456789');
  file.put('market', 'whsec_9876543210');
}

it('has after a restart what was put, and nothing of it in the clear', () => {
  filled();
  const again = new SealedFile(folder.path);
  expect([again.names(), again.get('shop'), again.get('market')]).toEqual([
    ['shop', 'market'],
    'shpss_0123456789',
    'whsec_9876543210',
  ]);
  again.delete('shop');
  expect(new SealedFile(folder.path).names()).toEqual(['market']);
  for (const file of readdirSync(folder.path)) expect(readFileSync(at(file), 'utf8')).not.toMatch(/shpss_|whsec_/);
});

it('makes its key when it is needed first, for its owner alone', () => {
  new SealedFile(folder.path);
  expect(readdirSync(folder.path)).toEqual([]);
  filled();
  for (const file of ['secrets.json', 'secrets.key']) expect(statSync(at(file)).mode & 0o777).toBe(0o600);
});

it('seals the same text another way each time', () => {
  filled();
  const before = readFileSync(at('secrets.json'), 'utf8');
  filled();
  expect(readFileSync(at('secrets.json'), 'utf8')).not.toBe(before);
});

it.each([
  ['cut off', (text: string) => text.slice(0, text.length / 2), 'it is not what was written there'],
  ['of another format', (text: string) => text.replace('"format": 1', '"format": 2'), 'it is not what was written'],
  ['changed in one character', (text: string) => text.replace(/(: ")[A-Za-z0-9+/](.*\n \})/, '$1_$2'), 'was changed'],
  ['with two secrets swapped', swapped, 'was changed'],
])('a file that is %s is refused with its name and the remedy', (_, spoil, why) => {
  filled();
  const text = readFileSync(at('secrets.json'), 'utf8');
  expect(spoil(text)).not.toBe(text);
  writeFileSync(at('secrets.json'), spoil(text));
  expect(() => new SealedFile(folder.path)).toThrow(why);
  expect(() => new SealedFile(folder.path)).toThrow(`${at('secrets.json')} cannot be read`);
  expect(() => new SealedFile(folder.path)).toThrow('Restore both files from a copy, or delete');
});

function swapped(text: string): string {
  const { sealed, ...rest } = JSON.parse(text) as { sealed: { shop: string; market: string } };
  return JSON.stringify({ ...rest, sealed: { shop: sealed.market, market: sealed.shop } });
}

it('a key that is gone, another one or damaged is named', () => {
  filled();
  const key = readFileSync(at('secrets.key'));
  rmSync(at('secrets.key'));
  expect(() => new SealedFile(folder.path)).toThrow(`${at('secrets.key')}, which it was sealed with, is not there`);
  writeFileSync(at('secrets.key'), Buffer.alloc(32, 7).toString('base64'));
  expect(() => new SealedFile(folder.path)).toThrow('sealed with another key');
  writeFileSync(at('secrets.key'), 'short');
  expect(() => new SealedFile(folder.path)).toThrow('is no key of 32 bytes');
  writeFileSync(at('secrets.key'), key);
  expect(new SealedFile(folder.path).get('shop')).toBe('shpss_0123456789');
});

it('has everything that a process killed with SIGKILL had accepted', async () => {
  const writer = spawn(process.execPath, [path.join(import.meta.dirname, 'test-writer.ts'), folder.path]);
  let output = '';
  writer.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await eventually(() => (output.length > 2_000 ? true : undefined), { everyMs: 1 });
  writer.kill('SIGKILL');
  await once(writer, 'close');
  const accepted = output.slice(0, output.lastIndexOf('\n')).split('\n');
  const file = new SealedFile(folder.path);
  // One name is written over and over, the others once.
  const last = Number(accepted.at(-1));
  expect(Number(file.get('counter'))).toBeGreaterThanOrEqual(last);
  expect(accepted.filter((count) => file.get(`secret-${count}`) !== count)).toEqual([]);
});
