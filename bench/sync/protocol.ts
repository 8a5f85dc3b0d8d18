import * as z from 'zod';
import { channelTypes } from '../../shared/contracts/network/channel-types.ts';

/** What the process of the sandboxes is told; its only argument, as JSON. */
export const sandboxOptions = z.object({ skus: z.array(z.string()), units: z.int(), feedSeconds: z.number() });
/** What the process of the sandboxes is told. */
export type SandboxOptions = z.infer<typeof sandboxOptions>;

const texts = z.record(z.string(), z.string());
/** An account as our channel must know it. */
export const openedAccount = z.object({
  type: z.enum(channelTypes),
  settings: texts,
  credentials: texts,
  allows: z.string(),
  /** By the number of the SKU. */
  ids: z.array(texts),
});
/** An account as our channel must know it. */
export type OpenedAccount = z.infer<typeof openedAccount>;

/** What a channel has seen. */
export const seenByChannel = z.object({
  type: z.enum(channelTypes),
  stockCalls: z.int(),
  otherCalls: z.int(),
  overLimit: z.int(),
  failures: z.int(),
  mostAtOnce: z.int(),
  /** SKU's number, quantity, milliseconds since 1970; in the order in which it came. */
  sightings: z.array(z.tuple([z.int(), z.number(), z.number()]).readonly()),
});
/** What a channel has seen. */
export type SeenByChannel = z.infer<typeof seenByChannel>;

/** What the process tells: once what it has opened, then for each question all that was seen since it began. */
export const fromSandboxes = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), accounts: z.array(openedAccount) }),
  z.object({ kind: z.literal('seen'), channels: z.array(seenByChannel), cpuMs: z.number() }),
]);
/** What it is asked. */
export const toSandboxes = z.enum(['seen', 'stop']);
