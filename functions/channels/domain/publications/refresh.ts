import { atMost } from '../../../../shared/kernel/at-most.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { basesOf } from './bases.ts';
import { heldAgainst } from './change.ts';
import { type Basis, wantedOf } from './wanted.ts';

/** What looking at publications again needs. */
type HoldPorts = Pick<ChannelsPorts, 'listings' | 'publications' | 'connectorOf' | 'commit'>;
/** And having their channels told. */
export type RefreshPorts = HoldPorts & Pick<ChannelsPorts, 'channels' | 'wake'>;

/** Publications written at once. */
const width = 16;
/** A worker is sent for this long before something is due; what is due later, the sweep of each minute finds. */
export const wakeAheadSeconds = 300;

/** Holds publications of a channel against what is wanted now, and has its lane worked off if it must be told. Safe to repeat. */
export async function refresh(
  ports: RefreshPorts,
  channel: Channel,
  skus: readonly string[],
  now: string,
): Promise<void> {
  const first = await refreshPage(ports, channel, skus, now);
  if (first !== undefined && first <= plusSeconds(now, wakeAheadSeconds))
    await ports.wake(channel.channelId, 'listings', first);
}

/** The same, by who works the lane off already. @returns when the first of them is due */
export async function refreshPage(
  ports: HoldPorts,
  channel: Channel,
  skus: readonly string[],
  now: string,
): Promise<string | undefined> {
  const { channelId } = channel;
  const publications = await ports.publications.many(skus.map((sku) => ({ channelId, sku })));
  const bases = await basesOf(ports, channel, publications, now);
  const dues = await atMost(width, bases, (basis) => refreshOne(ports, basis, now));
  return dues.filter((due) => due !== undefined).sort()[0];
}

/**
 * Holds one publication against what is wanted: at first by what was read before, then, where it has changed meanwhile, by what is so now.
 * @returns when it is due
 */
export async function refreshOne(ports: HoldPorts, read: Basis, now: string): Promise<string | undefined> {
  const { channel, publication } = read;
  const { listings } = ports.connectorOf(channel.type);
  if (listings === undefined) return undefined;
  let isFirst = true;
  const written = await decideAndCommit<string | undefined>(ports.commit, async () => {
    const basis = isFirst ? read : await basisNow(ports, read, now);
    isFirst = false;
    const item = basis && heldAgainst(basis.publication, wantedOf(basis, listings), now);
    if (basis === undefined || item === undefined) return ok({ changes: [], reply: basis?.publication.dueAt });
    return ok({ changes: [replace('publication', item, basis.publication.version)], reply: item.dueAt });
  });
  if (!written.ok)
    throw new Error(`${publication.sku} on ${channel.channelId} was not written: ${written.refusal.detail}`);
  return written.value;
}

async function basisNow(ports: HoldPorts, { channel, publication }: Basis, now: string): Promise<Basis | undefined> {
  const current = await ports.publications.one(publication);
  const [basis] = current === undefined ? [] : await basesOf(ports, channel, [current], now);
  return basis;
}

/** Looks at the publications of some SKUs again, on every channel: what is known of them, or their prices, have changed. */
export const refreshSkus =
  (ports: RefreshPorts) =>
  async (skus: readonly string[], now: string): Promise<void> => {
    const channels = (await ports.channels()).filter(({ type }) => ports.connectorOf(type).listings !== undefined);
    await Promise.all(channels.map((channel) => refresh(ports, channel, [...new Set(skus)], now)));
  };
