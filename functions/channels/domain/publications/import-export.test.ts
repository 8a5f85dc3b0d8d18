import { describe, expect, it } from 'vitest';
import { now } from '../../fixtures/now.ts';
import { publicationWorld, shop } from '../../fixtures/publication-world.ts';
import { exportPublications, importPublications } from './import-export.ts';

/** Some publications of a channel, live. */
async function fullWorld() {
  const world = publicationWorld();
  for (const sku of ['CUP', 'MUG', '=TEE']) {
    world.givenProduct(sku);
    await world.put(sku, {
      intent: 'published',
      overrides: { title: `=${sku}`, images: ['https://example.com/a,b.jpg'] },
    });
  }
  await world.stepAll();
  const exported = async (format: 'csv' | 'ndjson') => {
    let [content, after] = ['', undefined as string | undefined];
    do {
      const page = await exportPublications(world.ports)(shop, { format, after, limit: 2 });
      if (!page.ok) throw new Error(page.refusal.detail);
      content += page.value.content;
      after = page.value.next;
    } while (after !== undefined);
    return content;
  };
  const take = (format: 'csv' | 'ndjson', content: string, key = 'import') =>
    importPublications(world.ports)(shop, { format, content }, { now, once: { key, requestHash: content } });
  return { ...world, exported, take };
}

describe('an export', () => {
  it.each(['csv', 'ndjson'] as const)('as %s changes nothing when it is imported', async (format) => {
    const world = await fullWorld();
    const before = world.store.all('publication');
    const content = await world.exported(format);
    expect(await world.take(format, content)).toEqual({
      ok: true,
      value: { kept: 3, refused: 0, unchanged: 3, problems: [] },
    });
    expect(world.store.all('publication')).toEqual(before);
  });
});

describe('an import', () => {
  it('does what it can, names the lines that it cannot take, and wakes the channel once', async () => {
    const world = await fullWorld();
    world.wakes.length = 0;
    const content = 'sku,intent,title\nMUG,published,Mug\nNEW,published,\n,draft,\nCUP,unpublished,\n';
    expect(await world.take('csv', content)).toMatchObject({
      value: {
        ...{ kept: 2, refused: 2, unchanged: 0 },
        problems: [
          { line: 3, sku: 'NEW', code: 'invalid-request', detail: expect.stringContaining('no title') as unknown },
          { line: 4, code: 'invalid-request', detail: expect.stringContaining('/sku') as unknown },
        ],
      },
    });
    expect(world.wakes).toEqual([`${shop} listings ${now}`]);
    await world.stepAll();
    expect(world.shown.get('MUG')?.content.title).toBe('Mug');
    expect(world.shown.get('CUP')?.visibility).toBe('gone');
  });

  it.each([
    ['csv', 'sku,intent,hideWhenSoldOut\nMUG,published,maybe\n', 2, 'hideWhenSoldOut must be true or false'],
    ['csv', 'sku,intent,images\nMUG,published,photo.jpg\n', 2, 'images must be a JSON list'],
    ['csv', 'sku,intent,weightGrams\nMUG,published,1.5\n', 2, '/overrides/weightGrams must be a whole number'],
    ['ndjson', '{"sku":"MUG","intent":"shown"}', 1, '/intent must be one of draft, published, unpublished'],
  ] as const)(
    'as %s says of which SKU a row cannot be read, and what its field must be: %j',
    async (format, content, line, why) => {
      const world = await fullWorld();
      expect(await world.take(format, content)).toMatchObject({
        value: { problems: [{ line, sku: 'MUG', detail: expect.stringContaining(why) as unknown }] },
      });
    },
  );

  it('under the same key is done once, whatever happened since', async () => {
    const world = await fullWorld();
    const content = 'sku,intent\nMUG,unpublished\n';
    const first = await world.take('csv', content);
    await world.put('MUG');
    expect(await world.take('csv', content)).toEqual(first);
    expect(await world.publication()).toMatchObject({ intent: 'published' });
    expect(await world.take('csv', `${content}CUP,draft\n`)).toMatchObject({
      refusal: { code: 'idempotency-key-reused' },
    });
  });

  it('that died on the way is finished by the same call', async () => {
    const world = await fullWorld();
    const skus = Array.from({ length: 120 }, (_, number) => `S${number}`);
    const content = `sku,intent\n${skus.map((sku) => `${sku},draft\n`).join('')}`;
    world.crashAfter(1);
    await expect(world.take('csv', content)).rejects.toThrow('crash');
    expect(world.store.all('publication').filter(({ sku }) => skus.includes(sku))).toHaveLength(50);
    world.crashAfter();
    expect(await world.take('csv', content)).toMatchObject({ value: { kept: 120, unchanged: 50 } });
  });

  it('is a few calls, however many rows it has', async () => {
    const world = await fullWorld();
    let calls = 0;
    const counted = <T extends object>(ports: T): T =>
      new Proxy(ports, {
        get: (target, name, receiver) => {
          const one: unknown = Reflect.get(target, name, receiver);
          if (typeof one === 'object' && one !== null) return counted(one);
          if (typeof one === 'function' && name !== 'connectorOf') calls += 1;
          return one;
        },
      });
    const rows = Array.from({ length: 500 }, (_, row) =>
      JSON.stringify({ sku: `S${row}`, intent: 'published', overrides: { title: 'T' } }),
    );
    const content = rows.join('\n');
    const taken = await importPublications(counted(world.ports))(shop, { format: 'ndjson', content }, { now });
    expect(taken).toMatchObject({ value: { kept: 500, refused: 0, unchanged: 0 } });
    expect(calls).toBeLessThan(100);
    expect(world.store.all('publication')).toHaveLength(503);
  });

  it('that meets another who changes one of its SKUs keeps all rows, by what is so then', async () => {
    const world = await fullWorld();
    const { commit } = world.ports;
    let isFirst = true;
    const ports = {
      ...world.ports,
      commit: async (...args: Parameters<typeof commit>) => {
        if (isFirst) {
          isFirst = false;
          await world.put('MUG', { intent: 'unpublished' });
        }
        return commit(...args);
      },
    };
    const content = 'sku,intent\nMUG,published\nCUP,unpublished\nNEW,draft\nNONE,published\n';
    const taken = await importPublications(ports)(shop, { format: 'csv', content }, { now });
    expect(taken).toMatchObject({ value: { kept: 3, refused: 1, problems: [{ line: 5, sku: 'NONE' }] } });
    expect(await world.publication('MUG')).toMatchObject({ intent: 'published' });
    expect(await world.publication('CUP')).toMatchObject({ intent: 'unpublished' });
    expect(await world.publication('NEW')).toMatchObject({ state: 'DRAFT' });
  });

  it('that names a SKU twice does both, in their order', async () => {
    const world = await fullWorld();
    const content = 'sku,intent,title\nNEW,draft,One\nMUG,unpublished,\nNEW,draft,Two\nMUG,published,Mug\n';
    expect(await world.take('csv', content)).toMatchObject({ value: { kept: 4, refused: 0, unchanged: 0 } });
    expect(await world.publication('NEW')).toMatchObject({ version: 2, overrides: { title: 'Two' } });
    expect(await world.publication('MUG')).toMatchObject({ intent: 'published', overrides: { title: 'Mug' } });
  });

  it('of more than 500 rows is refused before any is done', async () => {
    const world = await fullWorld();
    const content = `sku,intent\n${Array.from({ length: 501 }, (_, row) => `S${row},draft\n`).join('')}`;
    expect(await world.take('csv', content)).toMatchObject({
      refusal: { code: 'limit-exceeded', facts: { rows: 501 } },
    });
    expect(await world.publication('S0')).toBeUndefined();
  });
});
