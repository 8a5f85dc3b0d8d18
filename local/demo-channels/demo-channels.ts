import { setTimeout as pause } from 'node:timers/promises';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { type Crossdock, type Market } from './market.ts';
import { openMarkets } from './markets.ts';
import { addChannel, stockUp } from './set-up.ts';
import { type Watched, look } from './watch.ts';

/** How the demo runs. */
export interface DemoOptions {
  /** Where each line goes: one per order that is captured, changed or cancelled. */
  readonly say: (line: string) => void;
  /** How long from one order to the next, in milliseconds. */
  readonly everyMs?: number;
}

/** Markets that are open. */
export interface DemoChannels {
  /** Closes them. */
  readonly stop: () => Promise<void>;
}

/** What its buyer does with an order once it is captured. */
type Fate = 'keep' | 'move' | 'cancel';
interface Placed {
  readonly market: Market;
  readonly fate: Fate;
  readonly watched: Watched;
}

/**
 * Opens a market of every type in this process, adds a channel for each, and has buyers place an order at one of them every few seconds; of
 * some they change the address, some they cancel. A second start finds its channels.
 * @throws Error when it cannot be set up
 */
export async function startDemoChannels(
  crossdock: Crossdock,
  { say, everyMs = 3_000 }: DemoOptions,
): Promise<DemoChannels> {
  const markets = await openMarkets(crossdock);
  const ending = new AbortController();
  const close = () => Promise.all(markets.map((market) => market.stop()));
  try {
    await stockUp(crossdock);
    const found = await Promise.all(markets.map((market) => addChannel(crossdock, market)));
    const added = found.filter((one) => one === 'added').length;
    say(`${markets.length} demo channels are open (${added} new). Buyers come every ${everyMs / 1000} s:`);
    say(`Channels: ${markets.map(({ channel }) => channel.channelId).join(', ')}.`);
    say('An order by the id in its line: GET /v1/orders?channelId=demo-amazon&externalId=…');
  } catch (error) {
    await close();
    throw error;
  }
  const running = run(crossdock, markets, { say, everyMs }, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await running;
      await close();
    },
  };
}

async function run(
  crossdock: Crossdock,
  markets: readonly Market[],
  { say, everyMs }: Required<DemoOptions>,
  signal: AbortSignal,
): Promise<void> {
  let number = Date.now();
  let left: Market[] = [];
  let open: readonly Placed[] = [];
  while (!signal.aborted) {
    if (left.length === 0) left = shuffled(markets);
    const market = left.pop();
    const placed = market && (await place(market, (number += 1)).catch(complain(say, signal)));
    const all = placed ? [...open, placed] : open;
    const looked = await Promise.all(
      all.map((one) => follow(crossdock, one, say).catch((error: unknown) => (complain(say, signal)(error), one))),
    );
    open = looked.filter((one) => one !== undefined);
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What fails is told, and the demo goes on; what fails because it ends is not. */
const complain =
  (say: DemoOptions['say'], signal: AbortSignal) =>
  (error: unknown): undefined => {
    if (!signal.aborted) say(`A buyer met an error: ${error instanceof Error ? error.message : String(error)}`);
  };

async function place(market: Market, number: number): Promise<Placed> {
  const { channelId, type } = market.channel;
  const externalId = await market.place(number);
  const watched = { channelType: type, externalId, orderId: orderIdOf(channelId, externalId) };
  return { market, watched, fate: fateAt(market) };
}

function fateAt(market: Market): Fate {
  const fates: readonly Fate[] = ['keep', 'cancel', 'move' in market ? 'move' : 'keep'];
  return fates[Math.floor(Math.random() * fates.length)] ?? 'keep';
}

/** Looks at an order and tells what is new; once it is captured, its buyer does what they do. `undefined` when it has come to its end. */
async function follow({ api }: Crossdock, placed: Placed, say: DemoOptions['say']): Promise<Placed | undefined> {
  const { market, watched, fate } = placed;
  const { next, line } = await look(api, watched);
  if (line !== undefined) say(line);
  const isNew = watched.seen === undefined && next.seen !== undefined;
  if (isNew && fate === 'move') await market.move?.(watched.externalId);
  if (isNew && fate === 'cancel') await market.cancel(watched.externalId);
  const isOver = next.seen !== undefined && (fate === 'keep' || (!isNew && line !== undefined));
  return isOver ? undefined : { ...placed, watched: next };
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
