import * as z from 'zod';

/** What a process of writers is to do; its only argument, as JSON. */
export const writerOptions = z.object({
  /** Where it finds DynamoDB: behind the proxy with the limits. */
  endpoint: z.string(),
  channelId: z.string(),
  pool: z.string(),
  sku: z.string(),
  writers: z.int(),
  warmUpMs: z.number(),
  milliseconds: z.number(),
});
/** What a process of writers is to do. */
export type WriterOptions = z.infer<typeof writerOptions>;

/** What its writers did in the time after the warm-up. */
export const written = z.object({
  reserved: z.int(),
  /** Refused with "insufficient-stock": there must be none. */
  refused: z.int(),
  /** Given up after all tries of the store were used up; the API answers such a call with an error and its caller repeats it. */
  givenUp: z.int(),
  milliseconds: z.number(),
  /** How long each reservation took, in milliseconds. */
  times: z.array(z.number()),
  cpuMs: z.number(),
});
/** What the writers did. */
export type Written = z.infer<typeof written>;

/** Says that the warm-up is over, then what the writers did. */
export const told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('warm') }),
  z.object({ kind: z.literal('written'), written }),
]);
