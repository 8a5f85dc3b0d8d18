import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelOf } from '../../functions/channels/fixtures/world.ts';
import { connectors } from '../../functions/channels/connectors/index.ts';
import { channelTypes } from '../../shared/contracts/network/channel-types.ts';
import { channelRefusedCode } from '../../shared/model/channels/notice.ts';
import { testPage } from './page.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/channels.md'), 'utf8');
const doubts = readFileSync(path.join(root, 'functions/orders/domain/channel-order/doubts.ts'), 'utf8');

testPage({ file: 'docs/channels.md', atLeast: { examples: 34, answers: 22 }, shortened: true, demoChannels: true });

/** Rows of the table under a heading of its first column, as cells. */
function tableUnder(heading: string): string[][] {
  const [, after = ''] = page.split(`\n| ${heading} |`);
  const [table = ''] = after.split('\n\n');
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1));
}

/** `**`a`**, `b`` is a that is needed, and b that is not. */
const namesIn = (cell = ''): Record<string, boolean> =>
  Object.fromEntries([...cell.matchAll(/(\*\*)?`(\w+)`/g)].map(([, bold, name = '']) => [name, bold !== undefined]));

const required = (needs: Readonly<Record<string, { readonly required: boolean }>> = {}) =>
  Object.fromEntries(Object.entries(needs).map(([name, need]) => [name, need.required]));

describe('docs/channels.md', () => {
  it('says which settings stock needs, as each connector has it', () => {
    for (const [type = '', settings = ''] of tableUnder(
      'type | `settings` | `credentials.values` | `credentials.signing`',
    )) {
      const name = channelTypes.find((one) => one === type.replaceAll('`', '')) ?? 'api';
      const lacking = connectors[name].availability?.lacksSetting?.(channelOf({ channelId: 'bare', type: name })) ?? '';
      const italic = [...settings.matchAll(/(?<!\*)\*`(\w+)`\*/g)].map(([, setting = '']) => setting);
      const known = Object.keys(connectors[name].needs?.settings ?? {});
      expect({ type, italic }).toEqual({
        type,
        italic: known.filter((one) => new RegExp(`\\b${one}\\b`).test(lacking)),
      });
    }
  });

  it('says of each type what it must be told: all of it, and which is needed', () => {
    const rows = tableUnder('type | `settings` | `credentials.values` | `credentials.signing`');
    const said = rows.map(([type, settings, values, signing]) => ({
      type: type?.replaceAll('`', ''),
      settings: namesIn(settings),
      values: namesIn(values),
      isSigned: signing !== '',
    }));
    const needed = channelTypes.map((type) => {
      const { needs } = connectors[type];
      const isSigned = needs?.signing !== undefined;
      return { type, settings: required(needs?.settings), values: required(needs?.credentials), isSigned };
    });
    expect(said).toEqual(needed);
  });

  it('says how often each type is asked that can be asked, and of which limits it keeps', () => {
    const rows = tableUnder(
      'type | asked every | each window begins earlier by | limits kept (calls a second, at once)',
    );
    const types = rows.flatMap(([cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, type = '']) => type));
    const polled = channelTypes.filter((type) => connectors[type].poll !== undefined);
    expect(types.toSorted()).toEqual(polled.toSorted());
    for (const [cell = '', every = '', earlier = ''] of rows)
      [...cell.matchAll(/`(\w+)`/g)].forEach(([, name], index) => {
        const { poll } = connectors[channelTypes.find((type) => type === name) ?? 'api'];
        const minutes = earlier.split(', ')[index] ?? earlier;
        expect([cell, every, minutes]).toEqual([
          cell,
          `${(poll?.everySeconds ?? 0) / 60} min`,
          `${(poll?.overlapSeconds ?? 0) / 60} min`,
        ]);
      });
  });

  it('has each connector, and each exception that a channel causes', () => {
    const rows = tableUnder(
      'type | takes in | how new (`asOf`) | pending · closed · cancelled | ignored · quarantined',
    );
    const sending = channelTypes.filter((type) => connectors[type].map !== undefined);
    expect(rows.map(([type]) => type?.replaceAll('`', ''))).toEqual(sending);
    const raised = [...doubts.matchAll(/['`]((?:channel|cancel)-[a-z-]+?)(?:-\$|')/g)].map(([, code]) => code);
    const told = tableUnder('exception | it means | remedy').map(([code]) =>
      code?.replace(/-…|`/g, '').replaceAll('`', ''),
    );
    // Two are raised at the capture, and one by what the channel is told: not by a change.
    const others = ['total-mismatch', 'sold-short', channelRefusedCode];
    expect(told.toSorted()).toEqual([...new Set([...raised, ...others])].toSorted());
  });
});
