import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { readStock } from '../../shared/contracts/stock/apis.ts';
import { type LoadClient, type Reply, workers } from '../client.ts';
import { type HostedTwin } from '../twin/hosted-twin.ts';
import { type Stocked } from './seed.ts';

/** The body of a hold of one unit. */
export const holdOf = ({ channelId }: Pick<Stocked, 'channelId'>, sku: string, seconds = 3_600): string =>
  JSON.stringify({ channelId, lines: [{ sku, quantity: 1 }], seconds });

/** What came of reservations. */
export interface Reserved {
  readonly accepted: readonly Reply[];
  /** Refused because nothing is left. */
  readonly refused: number;
  readonly other: readonly Reply[];
  readonly milliseconds: number;
}

/** How many reservations of which SKUs, and for how long at most. */
export interface Demand {
  readonly count: number;
  readonly clients: number;
  readonly seconds: number;
  readonly bodyOf: (number: number) => string;
}

let asked = 0;

/** Asks for holds over HTTP, so many at a time. */
export async function reserve(client: LoadClient, { count, clients, seconds, bodyOf }: Demand): Promise<Reserved> {
  const began = performance.now();
  const replies = await workers(count, clients, async (number) =>
    performance.now() - began > seconds * 1000
      ? undefined
      : client.post('/v1/holds', bodyOf(number), `bench-hold-${(asked += 1)}`),
  );
  const milliseconds = performance.now() - began;
  const answered = replies.flatMap((reply) => reply ?? []);
  const accepted = answered.filter(({ status }) => status === 201);
  const rest = answered.filter(({ status }) => status !== 201);
  const other = rest.filter(({ body }) => !body.includes('"insufficient-stock"'));
  return { accepted, refused: rest.length - other.length, other, milliseconds };
}

/** Whether the books agree, and what is promised and not there. */
export async function booksOf(twin: HostedTwin): Promise<{ readonly holds: boolean; readonly oversold: number }> {
  const { holds, oversold } = mustSucceed(await twin.api(auditStock));
  return { holds, oversold };
}

/** What the only pool of a SKU has. */
export async function poolOf(twin: HostedTwin, sku: string) {
  const { pools } = mustSucceed(await twin.api(readStock, { params: { sku } }));
  const [pool] = pools;
  if (pool === undefined) throw new Error(`${sku} is in no pool`);
  return pool;
}
