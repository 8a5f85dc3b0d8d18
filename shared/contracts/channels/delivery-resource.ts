import * as z from 'zod';
import { slug } from '../fields.ts';

/** A delivery as it is shown: all but its body. */
export const deliveryResource = z.object({
  inboxId: z.string(),
  channelId: slug,
  topic: z.string(),
  state: z.string(),
  /** Why it is in quarantine, by kind: docs/channels.md has each with its remedy. */
  code: z.string().optional(),
  /** Why, and what to do about it. */
  reason: z.string().optional(),
  /** SKUs of ours that lines may mean which name none; `why` in words. */
  suggestions: z
    .array(z.object({ line: z.string(), sku: z.string(), why: z.string() }))
    .readonly()
    .optional(),
  orderId: z.string().optional(),
  receivedAt: z.string(),
});
