import { setTimeout as pause } from 'node:timers/promises';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { type Crossdock } from './market.ts';
import { type Stall } from './stall.ts';
import { type Watched, look } from './watch.ts';

/** What a buyer does with an order once it is captured. */
type Fate = 'keep' | 'move' | 'cancel';
interface Placed {
  readonly stall: Stall;
  readonly fate: Fate;
  readonly watched: Watched;
}

/** How long it is from one look at orders to the next, at most. */
const lookMs = 1_000;

/** Everybody who buys at the markets, and what becomes of their orders. */
export class Buyers {
  readonly #crossdock: Crossdock;
  readonly #stalls: readonly Stall[];
  readonly #say: (line: string) => void;
  readonly #leaving = new AbortController();
  #number = Date.now();
  #left: Stall[] = [];
  #open: readonly Placed[] = [];

  /** @param say gets a line for each thing that becomes of an order */
  constructor(crossdock: Crossdock, stalls: readonly Stall[], say: (line: string) => void) {
    this.#crossdock = crossdock;
    this.#stalls = stalls;
    this.#say = say;
  }

  /** One orders at a market now, and keeps it; gives the market's id of the order. */
  place(stall: Stall): Promise<string> {
    return this.#order(stall, 'keep');
  }

  /** They come to one market after another until they leave. @param everyMs how long it is between two; `Infinity`: none comes by itself */
  async come(everyMs: number): Promise<void> {
    const { signal } = this.#leaving;
    let next = everyMs === Infinity ? Infinity : 0;
    while (!signal.aborted) {
      if (Date.now() >= next) {
        next = Date.now() + everyMs;
        await this.#buy().catch(this.complain);
      }
      for (const stall of this.#stalls) stall.tick();
      await this.#look();
      await pause(Math.min(everyMs, lookMs), undefined, { signal }).catch(() => undefined);
    }
  }

  /** No more of them come. */
  leave(): void {
    this.#leaving.abort();
  }

  async #buy(): Promise<void> {
    if (this.#left.length === 0) this.#left = shuffled(this.#stalls.filter(({ isDown }) => !isDown));
    const stall = this.#left.pop();
    if (stall !== undefined) await this.#order(stall, fateAt(stall));
  }

  async #order(stall: Stall, fate: Fate): Promise<string> {
    const externalId = await stall.place((this.#number += 1));
    const orderId = orderIdOf(stall.channelId, externalId);
    const watched = { channelType: stall.market.channel.type, externalId, orderId };
    this.#open = [...this.#open, { stall, fate, watched }];
    return externalId;
  }

  /** Looks at every order of which something is still to come. */
  async #look(): Promise<void> {
    const all = this.#open;
    const looked = await Promise.all(
      all.map((one) => this.#follow(one).catch((error: unknown) => (this.complain(error), one))),
    );
    const since = this.#open.filter((one) => !all.includes(one));
    this.#open = [...looked.filter((one) => one !== undefined), ...since];
  }

  /** Tells what is new of an order; once it is captured, its buyer does what they do. `undefined` when it has come to its end. */
  async #follow(placed: Placed): Promise<Placed | undefined> {
    const { stall, watched, fate } = placed;
    const { next, line } = await look(this.#crossdock.api, watched);
    if (line !== undefined) this.#say(line);
    const isNew = watched.seen === undefined && next.seen !== undefined;
    if (isNew && fate === 'move') await stall.market.move?.(watched.externalId);
    if (isNew && fate === 'cancel') await stall.market.cancel(watched.externalId);
    const isOver = next.seen !== undefined && (fate === 'keep' || (!isNew && line !== undefined));
    return isOver ? undefined : { ...placed, watched: next };
  }

  /** What fails is told, and the demo goes on; what fails because it ends is not. */
  readonly complain = (error: unknown): void => {
    if (this.#leaving.signal.aborted) return;
    this.#say(`The demo met an error: ${error instanceof Error ? error.message : String(error)}`);
  };
}

function fateAt({ market }: Stall): Fate {
  const fates: readonly Fate[] = ['keep', 'cancel', 'move' in market ? 'move' : 'keep'];
  return fates[Math.floor(Math.random() * fates.length)] ?? 'keep';
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
