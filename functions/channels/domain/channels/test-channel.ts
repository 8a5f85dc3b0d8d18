import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noNeeds } from '../connector-needs.ts';
import { settingLack } from '../availability/lacking.ts';
import { type Connection } from '../connection.ts';
import { type ConnectionCheck, type Connector } from '../connector.ts';
import { credentialFaults, settingFaults } from './judge-needs.ts';
import { noChannel } from './read-channel.ts';
import { type AtOncePorts, tryAtOnce } from './try-at-once.ts';

/** What a test of a connection found. */
export interface ConnectionReport {
  readonly channelId: string;
  readonly ok: boolean;
  readonly checks: ConnectionCheck[];
}

/**
 * Looks at everything that a channel's connection needs: what it was told, its secrets, and what the channel itself answers. Where all is well,
 * what waits for the channel is tried at once. Refusal: `not-found`.
 */
export const testChannel =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'connection'> & AtOncePorts) =>
  async (channelId: string): Promise<Result<ConnectionReport>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const connector = ports.connectorOf(channel.type);
    const connection = await ports.connection(channel, { anew: true });
    const own = [told(channel, connector, connection), ...signed(connector, connection), working(channel)];
    const asked = own[0]?.ok === true ? await answered(connector, connection) : [];
    const checks = [...own, ...asked].map(asOnce);
    const works = checks.every((check) => check.ok);
    if (works) await tryAtOnce(ports, channelId, connection.now());
    const all = [...checks, ...stockOf(channel, connector)];
    return ok({ channelId, ok: all.every((check) => check.ok), checks: all });
  };

/** A connector's words are those of a call that is repeated by itself: a test is not. */
const asOnce = (check: ConnectionCheck): ConnectionCheck => ({
  ...check,
  detail: check.detail.replaceAll(/ It is (?:tried|asked|told) again\./g, ''),
});

/** Whether it was told all that its type needs: without that, the channel is not asked anything. */
function told(
  { channelId, settings = {}, endpoint }: Channel,
  { needs = noNeeds, check }: Connector,
  { credentials: { values } }: Connection,
): ConnectionCheck {
  const name = 'settings and credentials';
  const faults = [...settingFaults(needs, { settings, endpoint }), ...credentialFaults(needs, values, settings)];
  if (faults.length > 0) {
    const words = faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    const remedy = `Settings are put with PUT /v1/channels/${channelId}, credentials with POST /v1/channels/${channelId}/credentials.`;
    return { name, ok: false, detail: `${words}. ${remedy}` };
  }
  const count = Object.keys(settings).length + Object.keys(values).length;
  if (count === 0) return { name, ok: true, detail: 'This type of channel needs none.' };
  const tried = check === undefined ? 'nothing has tried them out' : 'whether they are right, the checks below say';
  return { name, ok: true, detail: `All that this type of channel needs is there; ${tried}.` };
}

function signed({ needs, takeIn }: Connector, { credentials, channel }: Connection): ConnectionCheck[] {
  if (takeIn === undefined || needs?.signing === undefined) return [];
  const { length } = credentials.signing;
  const what = needs.signing.replace(/\.?$/, '.');
  const missing = `No webhook can be taken in without it: ${what} Give it with POST /v1/channels/${channel.channelId}/credentials.`;
  const detail =
    length === 1
      ? 'It is there; whether it is the right one, the first webhook shows.'
      : `${length} are accepted while they are rotated.`;
  return [{ name: 'signing secret', ok: length > 0, detail: length > 0 ? detail : missing }];
}

/** What works is not held up by it, but whoever looks is to learn it. Who has no endpoint wants to be told nothing: that the endpoint's own check says. */
function stockOf(channel: Channel, connector: Connector): ConnectionCheck[] {
  const isOfEndpoint = connector.needs?.endpoint === 'webhook';
  const lack = isOfEndpoint ? undefined : settingLack(channel, connector);
  return lack === undefined ? [] : [{ name: 'stock', ok: false, detail: lack }];
}

const working = ({ channelId, active, paused }: Channel): ConnectionCheck => ({
  name: 'working',
  ok: active && paused !== true,
  detail: !active
    ? `The channel is not active: put it with active true (PUT /v1/channels/${channelId}).`
    : paused === true
      ? `The channel is paused: resume it with POST /v1/channels/${channelId}/resume.`
      : 'The channel is active and not paused.',
});

/** A check that breaks is a check that failed: whoever set the channel up is to see it. */
const answered = async ({ check }: Connector, connection: Connection): Promise<readonly ConnectionCheck[]> =>
  check === undefined
    ? []
    : check(connection).catch((error: unknown) => [
        {
          name: 'connection',
          ok: false,
          detail: `It could not be tested: ${error instanceof Error ? error.message : 'unknown'}.`,
        },
      ]);
