import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelTypes } from '../../shared/contracts/network/channel-types.ts';
import { testChannel } from '../../shared/contracts/channels/management-apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../../tests/testing/app.ts';
import { startDemoChannels } from './demo-channels.ts';
import { type Crossdock } from './market.ts';

let app: App;
let crossdock: Crossdock;

beforeAll(async () => {
  app = await startApp();
  const { url, api, twin } = app;
  const amazonQueueUrl = `${twin.awsUrl}/000000000000/crossdock-local-channels-take-amazon-notification`;
  crossdock = { url, api, amazonQueueUrl };
}, 300_000);
afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = mustSucceed(await app.api(auditStock));
  await app.stop();
  expect(denied).toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
});

/** What a test of each channel finds wrong: each is set up at its market as a user would. */
async function faults(): Promise<string[]> {
  const reports = await Promise.all(
    channelTypes.map(async (type) => {
      const channelId = `demo-${type}`;
      return mustSucceed(await app.api(testChannel, { params: { channelId } }));
    }),
  );
  return reports.flatMap(({ channelId, checks }) =>
    checks.flatMap(({ name, ok, detail }) => (ok ? [] : [`${channelId}, ${name}: ${detail}`])),
  );
}

/** Runs the demo until orders of every type are captured, some changed and some cancelled; what it said. */
async function seen(): Promise<string[]> {
  const lines: string[] = [];
  const demo = await startDemoChannels(crossdock, { say: (line) => void lines.push(line), everyMs: 150 });
  const told = (what: string) => lines.filter((line) => line.includes(`  ${what} `));
  const missing = () => channelTypes.filter((type) => !told('captured').some((line) => line.includes(` ${type} `)));
  try {
    await eventually(
      async () => {
        // Channels are asked once a minute, and nobody waits for that here.
        await app.twin.invoke('crossdock-local-channels-announce-polls', {});
        return missing().length === 0 && told('changed').length > 0 && told('cancelled').length > 0 ? true : undefined;
      },
      { what: 'orders of every type', deadlineMs: 90_000, everyMs: 1_000 },
    );
    expect(await faults()).toEqual([]);
  } catch (cause) {
    if (missing().length === 0) throw cause;
    throw new Error(`nothing of ${missing().join(', ')} was captured:\n${lines.join('\n')}`, { cause });
  } finally {
    await demo.stop();
  }
  return lines;
}

describe('the demo channels', () => {
  it('bring orders of every type, changes and cancels, and are found again by a second start', async () => {
    const first = await seen();
    expect(first[0]).toContain(`${channelTypes.length} demo channels are open (${channelTypes.length} new)`);
    const again = await seen();
    expect(again[0]).toContain('(0 new)');
    expect([...first, ...again].filter((line) => line.includes('error'))).toEqual([]);
  }, 240_000);
});
