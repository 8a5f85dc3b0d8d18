import * as z from 'zod';
import { type MovementLine } from '../../shared/contracts/stock/movement-apis.ts';
import { LoadClient } from '../client.ts';
import { type HostedTwin } from '../twin/hosted-twin.ts';

/** Calls a second: what changes comes in many small batches, as it does from tills and warehouses. */
const callsPerSecond = 10;
const connections = 32;
const answer = z.object({ applied: z.int(), results: z.array(z.looseObject({ status: z.string() })) });

/** How a load went. */
export interface Loaded {
  readonly changes: number;
  /** Milliseconds until each call was answered. */
  readonly answers: readonly number[];
  readonly milliseconds: number;
}

/** What to send next, `count` lines of it, and what to do once they have arrived. */
export interface Source {
  readonly lines: (count: number, now: number) => readonly MovementLine[];
  readonly arrived: (lines: readonly MovementLine[]) => void;
}

/** Sends stock movements at a steady pace for a while, whatever becomes of those before. @throws Error when one is not applied */
export async function load(
  twin: HostedTwin,
  { lines: next, arrived }: Source,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Loaded> {
  const client = new LoadClient(twin, connections);
  const underWay: Promise<void>[] = [];
  const answers: number[] = [];
  let changes = 0;
  const send = async (lines: readonly MovementLine[]): Promise<void> => {
    const { status, body, milliseconds } = await client.post('/v1/stock/movements', JSON.stringify({ lines }), key());
    if (status !== 200) throw new Error(`${status}: ${body}`);
    const wrong = answer.parse(JSON.parse(body)).results.find((one) => one.status !== 'applied');
    if (wrong !== undefined) throw new Error(`a movement was not applied: ${JSON.stringify(wrong)}`);
    answers.push(milliseconds);
    arrived(lines);
  };
  const began = performance.now();
  for (let call = 0; call < seconds * callsPerSecond; call += 1) {
    const early = began + (call * 1000) / callsPerSecond - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const due = Math.floor(((call + 1) * perSecond) / callsPerSecond) - Math.floor((call * perSecond) / callsPerSecond);
    const lines = next(due, Date.now());
    changes += lines.length;
    if (lines.length > 0) underWay.push(send(lines));
  }
  await Promise.all(underWay);
  const milliseconds = performance.now() - began;
  await client.close();
  return { changes, answers, milliseconds };
}

let keys = 0;
const key = (): string => `sync-${process.pid}-${(keys += 1)}`;
