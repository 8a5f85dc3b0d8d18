import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { sku, slug } from '../fields.ts';

/** Stock has to be looked at because of a rule, channel, location or product. */
export const stockWalkAsked = defineEvent({
  name: 'StockWalkAsked',
  version: 1,
  capability: 'rules',
  fires:
    "When a rule, channel, location or product changed what stock's floors rest on; and when a worker's time is over before its last page.",
  data: z.object({ walkId: z.string(), generation: z.int() }),
  example: { walkId: 'rule-rule_5f0c2d9e8b7a46c3a1d2e3f405162738', generation: 1 },
});

/** A shelf has another safety stock than it can have. */
export const safetyUnsettled = defineEvent({
  name: 'SafetyUnsettled',
  version: 1,
  capability: 'rules',
  fires:
    "When the stock table's stream shows a position whose safety stock is not what its target and its units make it; once per batch and position.",
  data: z.object({ sku, location: slug }),
  example: { sku: 'TEE-BLACK-M', location: 'boston' },
});

/** Stock that no rule has seen. */
export const stockAppeared = defineEvent({
  name: 'StockAppeared',
  version: 1,
  capability: 'rules',
  fires: "When the stock table's stream shows the first write of a position or pool; once per batch and SKU.",
  data: z.object({ sku }),
  example: { sku: 'TEE-BLACK-M' },
});
