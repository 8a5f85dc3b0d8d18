import { describe, expect, it } from 'vitest';
import { type Line } from '../domain/run-snapshot.ts';
import { rowsOf } from './rows.ts';

/** Text that has this in it. */
const saying = (text: string): unknown => expect.stringContaining(text);

/** Reads a file that comes in pieces of some bytes. */
async function read(content: Buffer | string, format: 'csv' | 'ndjson' = 'csv', pieceBytes = 7) {
  const bytes = Buffer.from(content);
  const rows: Line[] = [];
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    await Promise.resolve();
  }
  for await (const piece of rowsOf(pieces(), format)) {
    if (!piece.ok) return piece.refusal.detail;
    rows.push(...piece.value.rows);
  }
  return rows;
}

const tee = { location: 'east', sku: 'TEE', onHand: 5 };

describe('a CSV file', () => {
  it('has its columns in any order, with a byte order mark, CRLF, quotes, blank lines and no end of the last line', async () => {
    const csv =
      '\ufeffsku,"onHand",location,damaged\r\nTEE,5,east,1\r\n\r\n"TEE, ""black""", 12 ,west,\r\n顧客-1,0,east,0';
    const expected = [
      { line: 2, row: { ...tee, damaged: 1 } },
      { line: 4, row: { location: 'west', sku: 'TEE, "black"', onHand: 12 } },
      { line: 5, row: { location: 'east', sku: '顧客-1', onHand: 0, damaged: 0 } },
    ];
    for (const pieceBytes of [1, 3, 1000]) expect(await read(csv, 'csv', pieceBytes)).toEqual(expected);
  });

  it('has a mark for each row: a time or a version', async () => {
    const at = '2026-11-22T09:00:00Z';
    expect(await read(`location,sku,onHand,containsUntil\neast,TEE,5,${at}\n`)).toEqual([
      { line: 2, row: { ...tee, containsUntil: at } },
    ]);
    expect(await read('location,sku,onHand,version\neast,TEE,5,12\n')).toEqual([
      { line: 2, row: { ...tee, version: 12 } },
    ]);
  });

  it('tells every bad line with its number and reads on', async () => {
    const lines = [
      'location,sku,onHand,damaged',
      'east,A,-1,',
      'east,B,two,',
      'east,C,1.5,',
      'east,D,1000000001,',
      'East 1,E,1,',
      'east,F,1',
      'east,"G,1,0',
      'east,H"x,1,0',
      'east,I,1,2',
      'east,,1,0',
      'east,J,,0',
      'east,K,7,0',
      `east,${'x'.repeat(20_000)},1,0`,
      'east,TEE,5,1',
      'east,L,',
    ];
    const rows = await read(lines.join('\n'), 'csv', 5000);
    expect(rows).toEqual([
      { line: 2, problem: 'onHand must not be below 0.' },
      { line: 3, problem: 'onHand must be a whole number of units.' },
      { line: 4, problem: 'onHand must be a whole number of units.' },
      { line: 5, problem: 'onHand must be 1,000,000,000 at most.' },
      { line: 6, problem: 'location must be lower-case letters, digits and dashes.' },
      { line: 7, problem: 'The line has 3 cells, and the header 4.' },
      { line: 8, problem: 'The quotes of the line do not match.' },
      { line: 9, problem: 'The quotes of the line do not match.' },
      { line: 10, row: { location: 'east', sku: 'I', onHand: 1, damaged: 2 } },
      { line: 11, problem: saying('sku') },
      { line: 12, problem: 'onHand must be a whole number of units.' },
      { line: 13, row: { location: 'east', sku: 'K', onHand: 7, damaged: 0 } },
      { line: 14, problem: 'The line has more than 16384 bytes.' },
      { line: 15, row: { ...tee, damaged: 1 } },
      { line: 16, problem: 'The line has 3 cells, and the header 4.' },
    ]);
  });

  it('names Latin-1 on the line where it shows, and reads on', async () => {
    const csv = Buffer.from('location,sku,onHand\neast,CAF\u00c9,1\neast,TEE,5\n', 'latin1');
    expect(await read(csv)).toEqual([
      { line: 2, problem: 'The line is not UTF-8: it looks like Latin-1 (ISO 8859-1); save the file as UTF-8.' },
      { line: 3, row: tee },
    ]);
  });

  it.each([
    ['UTF-16, little-endian', Buffer.from('\ufefflocation,sku,onHand\n', 'utf16le')],
    ['UTF-16, little-endian', Buffer.from('location,sku,onHand\n', 'utf16le')],
    ['UTF-16, big-endian', Buffer.from('\ufefflocation', 'utf16le').swap16()],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0])],
    ['Excel', Buffer.from('PK\u0003\u0004....')],
    ['empty', Buffer.alloc(0)],
  ])('that is none is refused as a whole and named: %s', async (name, content) => {
    expect(await read(content)).toContain(name);
  });

  it.each([
    ['SKU,LOC,QTY', 'location, sku, onHand missing; SKU, LOC, QTY unknown'],
    ['location;sku;onHand', 'location, sku, onHand missing'],
    ['location,sku,onHand,sku', 'sku twice'],
    ['location,sku,onHand,containsUntil,version', 'containsUntil and version are both there'],
    ['location,sku,onHand,"', 'missing'],
  ])('with the header %s is refused with what is expected', async (header, wrong) => {
    const refusal = await read(`${header}\neast,TEE,5\n`);
    expect(refusal).toContain('location,sku,onHand and, where there are any, damaged');
    expect(refusal).toContain(wrong);
  });
});

describe('an NDJSON file', () => {
  it('has a row on each line, and tells lines that are none', async () => {
    const lines = [
      JSON.stringify(tee),
      '',
      '{"location":"east","sku":"A","onHand":1,"colour":"red"}',
      '{"location":"east","sku":"B","onHand":"1"}',
      '7',
      '{"location":"east","sku":"C","onH',
    ];
    expect(await read(lines.join('\n'), 'ndjson')).toEqual([
      { line: 1, row: tee },
      { line: 3, problem: saying('colour') },
      { line: 4, problem: 'onHand must be a whole number of units.' },
      { line: 5, problem: saying('object') },
      { line: 6, problem: 'The line is no whole JSON object.' },
    ]);
  });

  it('is no JSON array', async () => {
    expect(await read(JSON.stringify([tee]), 'ndjson', 1000)).toContain('is a JSON array');
  });
});
