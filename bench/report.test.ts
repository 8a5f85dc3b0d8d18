import { describe, expect, it } from 'vitest';
import { figure, markdownTable, section, withSection } from './report.ts';

const findings = { notes: ['A note.'], tables: [{ columns: ['what', 'ms'], rows: [['a|b', 1234.56]] }] };

describe('figures', () => {
  it('have as many digits as say something', () => {
    expect([0, 0.12345, 1.234, 12.345, 123.45, 1234, 1234567.8].map(figure)).toEqual([
      '0',
      '0.123',
      '1.23',
      '12.3',
      '123',
      '1,234',
      '1,234,568',
    ]);
    expect(figure(NaN)).toBe('–');
    expect(figure(0.0004)).toBe('0.000');
  });
});

describe('tables', () => {
  it('are Markdown, numbers to the right', () => {
    expect(markdownTable({ title: 'Times', columns: ['what', 'ms'], rows: [['a|b', 1.5]] })).toBe(
      ['**Times**', '', '| what | ms |', '| --- | --: |', '| a\\|b | 1.50 |'].join('\n'),
    );
  });
});

describe('results', () => {
  it('get a new part at the end', () => {
    const results = withSection('# Results\n', 'capture', findings);
    expect(results).toBe(`# Results\n\n${section('capture', findings)}\n`);
    expect(withSection('', 'capture', findings)).toBe(`${section('capture', findings)}\n`);
  });

  it('keep what other benchmarks wrote when one is run again', () => {
    const before = withSection(withSection('# Results\n', 'capture', findings), 'cost', findings);
    const after = withSection(before, 'capture', { notes: ['Again.'], tables: [] });
    expect(after).toContain('Again.');
    expect(after).toContain(section('cost', findings));
    expect(after.match(/<!-- bench:capture -->/g)).toHaveLength(1);
    expect(withSection(after, 'capture', findings)).toBe(before);
  });
});
