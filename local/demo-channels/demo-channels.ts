import { publish } from './assortment.ts';
import { Buyers } from './buyers.ts';
import { openDesk } from './desk.ts';
import { type Crossdock } from './market.ts';
import { openMarkets } from './markets.ts';
import { setUp } from './set-up.ts';
import { Stall } from './stall.ts';

/** How the demo runs. */
export interface DemoOptions {
  /** Where each line goes: one per order that is captured, changed or cancelled. */
  readonly say: (line: string) => void;
  /** How long from one order to the next, in milliseconds; `Infinity`: only those orders are placed that somebody asks for. */
  readonly everyMs?: number;
  /** Where the markets keep their orders from one start to the next; left out, they forget them. */
  readonly folder?: string;
}

/** Markets that are open. */
export interface DemoChannels {
  /** Where to look at them. */
  readonly url: string;
  /** Closes them. */
  readonly stop: () => Promise<void>;
}

/**
 * Opens a market of every type in this process, adds a channel for each, which sells the demo's products, and has buyers place an order at one of
 * them every few seconds; of some they change the address, some they cancel. A second start finds its channels, and the markets what they had.
 * @throws Error when it cannot be set up
 */
export async function startDemoChannels(
  crossdock: Crossdock,
  { say, everyMs = 3_000, folder }: DemoOptions,
): Promise<DemoChannels> {
  const stalls = (await openMarkets(crossdock)).map((market) => new Stall(market, folder));
  const buyers = new Buyers(crossdock, stalls, say);
  const desk = await openDesk(stalls, (stall) => buyers.place(stall));
  const close = async () => {
    await desk.close();
    await Promise.all(stalls.map((stall) => stall.close()));
  };
  let added: readonly Stall[];
  try {
    added = await setUp(crossdock, stalls);
    say(`${stalls.length} demo channels are open (${added.length} new). ${comings(everyMs)}`);
    say(`Channels: ${stalls.map(({ channelId }) => channelId).join(', ')}.`);
    say('An order by the id in its line: GET /v1/orders?channelId=demo-amazon&externalId=…');
    say(`What each shows, and its switch: curl ${desk.url}/demo-amazon ("See it reach a channel" in docs/channels.md)`);
  } catch (error) {
    await close();
    throw error;
  }
  const publishing = publish(crossdock, stalls, added).catch(buyers.complain);
  const running = Promise.all([publishing, buyers.come(everyMs)]);
  return {
    url: desk.url,
    stop: async () => {
      buyers.leave();
      await running;
      await close();
    },
  };
}

const comings = (everyMs: number): string =>
  everyMs === Infinity ? 'Buyers come when they are sent.' : `Buyers come every ${everyMs / 1000} s:`;
