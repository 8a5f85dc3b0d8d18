import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { channelOf } from '../../functions/channels/fixtures/world.ts';
import { connectors } from '../../functions/channels/connectors/index.ts';
import { isToldBy } from '../../functions/channels/domain/availability-connector.ts';
import { apiContracts } from '../../shared/contracts/catalog.ts';
import { noticeKinds } from '../../shared/contracts/channels/notice.ts';
import { listingTransitions } from '../../shared/model/network/listing-state.ts';
import { noticeTransitions } from '../../shared/model/channels/notice.ts';
import { channelTypes } from '../../shared/contracts/network/channel-types.ts';
import { quarantineCodes } from '../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../shared/model/network/network.ts';

const guide = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8');
const [, section = ''] = guide.split('\n## Quarantine\n');

it('docs/channels.md has every code of the quarantine with what it means and its remedy', () => {
  const [, table = ''] = section.split('### Codes\n');
  const rows = [...(table.split('\n### ')[0] ?? '').matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm)];
  expect(rows.map(([, code]) => code).sort()).toEqual([...quarantineCodes].sort());
});

it('and names only routes that there are', () => {
  const known = new Set(apiContracts.map(({ method, path }) => `${method} ${path}`));
  const named = [...section.matchAll(/`(GET|PUT|POST) (\/v1\/[^`?\s]+)/g)].map(
    ([, method, path]) => `${method} ${path}`,
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((route) => !known.has(route))).toEqual([]);
});

it('docs/channels.md says of each type what it is told of its orders, as its connector has it', () => {
  const [, told = ''] = guide.split('\n## What a channel is told of its orders\n');
  const [, table = ''] = told.split(`| type | ${noticeKinds.join(' | ')} |\n|---|---|---|---|---|---|---|\n`);
  const rows = Object.entries(connectors).map(
    ([type, { tell = {} }]) =>
      `| \`${type}\` | ${noticeKinds.map((kind) => (tell[kind] === undefined ? '—' : 'yes')).join(' | ')} |`,
  );
  expect(table.split('\n\n', 1)).toEqual([rows.join('\n')]);
});

it('the README of channels shows the states of a notice as they are', () => {
  const readme = readFileSync(new URL('../../functions/channels/README.md', import.meta.url), 'utf8');
  const lines = Object.entries(noticeTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
  );
  expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
});

it('and those of a listing', () => {
  const readme = readFileSync(new URL('../../functions/channels/README.md', import.meta.url), 'utf8');
  const lines = Object.entries(listingTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
  );
  expect(readme).toContain(['  [*] --> LISTED', ...lines, '```'].join('\n'));
});

/** A channel that has all that any type takes its stock by. */
const placed = (endpoint: Channel['endpoint']): Channel => ({
  ...channelOf({ channelId: 'anywhere', type: 'webhook', endpoint }),
  settings: {
    ...{ locationId: '1', sellerId: 'A1', marketplaceIds: 'ATVPDKIKX0DER', program: 'seller' },
    ...{ warehouseId: '7', sourceCode: 'default', stockLocationId: 'L1' },
  },
});

const namesIn = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

it('docs/channels.md says of each type which SKUs it is told of, and by which ids', () => {
  const [, after = ''] = guide.split('\n| type of channel | is told of | ids that the listing needs |');
  const rows = [...(after.split('\n\n', 1)[0] ?? '').matchAll(/^\| `(\w+)` \| (.+?) \| (.+?) \|/gm)];
  expect(rows.map(([, type]) => type)).toEqual([...channelTypes]);
  const channel = placed({ kind: 'webhook', url: 'https://shop.example.com' });
  for (const [, name, told = '', needed = ''] of rows) {
    const { availability } = connectors[channelTypes.find((type) => type === name) ?? 'api'];
    const isTold = (ids?: readonly string[]) => {
      const listing = { channelId: 'anywhere', sku: 'MUG', version: 1 };
      return isToldBy(availability, channel, ids && { ...listing, ...Object.fromEntries(ids.map((id) => [id, '42'])) });
    };
    const ways = (needed.split(' (')[0] ?? '').split(' or ').map((way) => namesIn(way));
    expect({
      name,
      unlisted: isTold(),
      listed: isTold([]),
      each: ways.map((ids) => isTold(ids)),
      less: ways.flatMap((ids) => ids.map((id) => isTold(ids.filter((other) => other !== id)))).includes(true),
    }).toEqual({
      name,
      unlisted: told.startsWith('every'),
      listed: !told.startsWith('nothing') && needed.startsWith('—'),
      each: ways.map(() => !told.startsWith('nothing')),
      less: false,
    });
  }
});
