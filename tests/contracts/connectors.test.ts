import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/channels/connectors/index.ts';
import { type ChannelType, channelTypes } from '../../shared/contracts/network/channel-types.ts';

const root = path.resolve(import.meta.dirname, '../..');
const fileOf = (...parts: string[]): string => path.join(root, ...parts);

/** Every type that brings orders; `api` captures them by itself. */
const types = channelTypes.filter((type) => type !== 'api');

/** Where a type's life on the twin is told; Amazon's orders come by a queue, in a journey of their own. */
const journeyOf = (type: ChannelType): string =>
  type === 'amazon'
    ? fileOf('tests/journeys/amazon.test.ts')
    : fileOf('tests/journeys/every-channel/kinds', `${type}.ts`);

const asksItsChannel = (type: ChannelType): boolean => {
  const { fetch, poll } = connectors[type];
  return [fetch, poll].some((ability) => ability !== undefined);
};

describe.each(types)('the connector of type %s is done:', (type) => {
  it('it says what it must be told, and looks whether that is good', () => {
    expect(connectors[type].needs).toBeDefined();
    expect(connectors[type].check).toBeTypeOf('function');
  });

  it('it passes the suite of all connectors', () => {
    const folder = fileOf('functions/channels/connectors', type);
    const suites = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
    expect(suites.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n')).toContain(
      'connectorContract(',
    );
  });

  it('its orders live on the twin, with a sandbox for what it asks of its channel', () => {
    const journey = readFileSync(journeyOf(type), 'utf8');
    if (asksItsChannel(type)) expect(journey).toMatch(/from '(?:\.\.\/)+sandboxes\//);
  });

  it.skipIf(type === 'amazon')('a journey tells its life', () => {
    const folder = fileOf('tests/journeys/every-channel');
    const journeys = ['marketplaces', 'messages', 'shops'].map((name) =>
      readFileSync(path.join(folder, `${name}.test.ts`), 'utf8'),
    );
    expect(journeys.join('\n')).toContain(`'./kinds/${type}.ts'`);
  });

  it('docs/channels.md says what it must be told and what it does', () => {
    const page = readFileSync(fileOf('docs/channels.md'), 'utf8');
    for (const heading of ['What each type must be told', 'Each connector'])
      expect(rowsBelow(page, heading)).toContain(type);
  });
});

/** What the rows of a section's tables are about: the types that stand in their first columns. */
const rowsBelow = (page: string, heading: string): string[] => {
  const [, after = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [section = ''] = after.split(/^#/m);
  return [...section.matchAll(/^\| *([^|]+)\|/gm)].flatMap(([, first = '']) => first.match(/[a-z]+/g) ?? []);
};
