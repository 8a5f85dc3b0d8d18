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
    const content = 'sku,intent\nMUG,unpublished\nCUP,unpublished\n';
    world.crashAfter(1);
    await expect(world.take('csv', content)).rejects.toThrow('crash');
    world.crashAfter();
    expect(await world.take('csv', content)).toMatchObject({ value: { kept: 2, unchanged: 1 } });
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
