import { randomId } from '../../shared/kernel/ids.ts';
import { type Channel } from '../../shared/model/network/network.ts';
import { type told, type Written, writerOptions } from './stripes-protocol.ts';
import type * as z from 'zod';

/**
 * A process of buyers that reserve one unit after the other: the use case of `POST /v1/holds` and the store's commit, without an API or
 * Lambda before them. Its environment says where DynamoDB is, before the client is made.
 */
const options = writerOptions.parse(JSON.parse(process.argv[2] ?? '{}'));
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: options.endpoint,
  TABLE_STOCK: 'crossdock-local-stock',
});
const { placeHold } = await import('../../functions/holds/domain/place-hold.ts');
const { awsPorts } = await import('../../functions/holds/adapters/ports.ts');

const { channelId, pool, sku } = options;
const channel: Channel = {
  ...{ channelId, pool, name: channelId, type: 'api', currency: 'USD', buffer: 0, onShortage: 'refuse' },
  ...{ endpoint: { kind: 'none' }, active: true, version: 1, updatedAt: new Date(0).toISOString() },
};
/** A warm function knows its channel no better, but reading it is no part of what is measured. */
const place = placeHold({ ...awsPorts, channel: () => Promise.resolve(channel) });

/** Lets all writers write for a while. */
async function writeFor(milliseconds: number): Promise<Written> {
  const counted = { reserved: 0, refused: 0, givenUp: 0 };
  const times: number[] = [];
  const began = performance.now();
  const cpu = process.cpuUsage();
  const writer = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      const from = performance.now();
      counted[await one()] += 1;
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: options.writers }, writer));
  const { user, system } = process.cpuUsage(cpu);
  return { ...counted, milliseconds: performance.now() - began, times, cpuMs: (user + system) / 1000 };
}

async function one(): Promise<'reserved' | 'refused' | 'givenUp'> {
  const call = { holdId: randomId('hold'), channelId, lines: [{ sku, quantity: 1 }], actor: 'bench' };
  try {
    const result = await place({ ...call, now: new Date().toISOString() });
    if (result.ok) return 'reserved';
    return result.refusal.code === 'insufficient-stock' ? 'refused' : 'givenUp';
  } catch (error) {
    if (error instanceof Error && (error.message.includes('in the way') || error.name.includes('Throughput')))
      return 'givenUp';
    throw error;
  }
}

const tell = (message: z.infer<typeof told>): void => {
  process.send?.(message);
};
await writeFor(options.warmUpMs);
tell({ kind: 'warm' });
tell({ kind: 'written', written: await writeFor(options.milliseconds) });
process.disconnect();
