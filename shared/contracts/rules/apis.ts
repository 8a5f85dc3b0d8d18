import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { quantity, sku, slug } from '../fields.ts';
import {
  fenceReference,
  previewExample,
  previewTotals,
  ruleId,
  ruleInput,
  ruleResource,
  walkResource,
} from './rule-resource.ts';

const rules = { capability: 'rules', scope: 'stock:write' } as const;
const oneRule = z.strictObject({ ruleId });

/** Drafts a rule. */
export const createStockRule = defineApi({
  ...rules,
  id: 'createStockRule',
  method: 'POST',
  path: '/v1/stock/rules',
  summary:
    'Draft a rule: safety stock of shelves, or buffer, share and cap of channels. Nothing changes before it is activated.',
  body: ruleInput,
  status: 201,
  response: ruleResource,
});

/** Changes a draft. */
export const changeStockRule = defineApi({
  ...rules,
  id: 'changeStockRule',
  method: 'PUT',
  path: '/v1/stock/rules/{ruleId}',
  summary: 'Change a rule that is a draft. One in force is retired and drafted anew.',
  params: oneRule,
  body: ruleInput,
  response: ruleResource,
  refusals: ['not-found', 'state-conflict'],
});

/** Lists rules. */
export const listStockRules = defineApi({
  ...rules,
  id: 'listStockRules',
  method: 'GET',
  path: '/v1/stock/rules',
  summary: 'List all rules: those in force by precedence, then drafts and retired ones, newest first.',
  scope: 'stock:read',
  response: z.object({ rules: z.array(ruleResource).readonly() }),
});

/** Reads a rule. */
export const readStockRule = defineApi({
  ...rules,
  id: 'readStockRule',
  method: 'GET',
  path: '/v1/stock/rules/{ruleId}',
  summary: 'Read a rule, and how far stock has followed its activation or retirement.',
  scope: 'stock:read',
  params: oneRule,
  response: ruleResource.extend({ application: walkResource.optional() }),
  refusals: ['not-found'],
});

/** Says what a draft would change. */
export const previewStockRule = defineApi({
  ...rules,
  id: 'previewStockRule',
  method: 'POST',
  path: '/v1/stock/rules/{ruleId}/preview',
  summary:
    'What a draft would change if it were activated now: totals so far, examples of this page, and a cursor while there are SKUs left.',
  params: oneRule,
  body: z.strictObject({ cursor: z.string().min(1).max(60_000).optional() }).default({}),
  response: z.object({
    ruleId: z.string(),
    totals: previewTotals,
    examples: z.array(previewExample),
    cursor: z.string().optional(),
  }),
  refusals: ['not-found', 'state-conflict'],
});

/** Puts a rule in force. */
export const activateStockRule = defineApi({
  ...rules,
  id: 'activateStockRule',
  method: 'POST',
  path: '/v1/stock/rules/{ruleId}/activate',
  summary: 'Put a draft in force: shelves and pools follow within moments; read the rule to see how far they have.',
  params: oneRule,
  status: 202,
  response: ruleResource,
  refusals: ['not-found', 'state-conflict', 'limit-exceeded'],
});

/** Takes a rule out of force. */
export const retireStockRule = defineApi({
  ...rules,
  id: 'retireStockRule',
  method: 'POST',
  path: '/v1/stock/rules/{ruleId}/retire',
  summary: 'Take a rule out of force, for good: what the other rules want takes its place. Also discards a draft.',
  params: oneRule,
  status: 202,
  response: ruleResource,
  refusals: ['not-found', 'state-conflict'],
});

const fenceParams = z.strictObject({ sku, pool: slug, channelId: slug });
const fenceRefusals = ['unknown-channel', 'unknown-sku', 'insufficient-stock'] as const;
const moved = z.object({ sku, pool: slug, channelId: slug, quantity, reference: z.string().optional() });

/** Sets units apart for a channel. */
export const allocateFence = defineApi({
  ...rules,
  id: 'allocateFence',
  method: 'POST',
  path: '/v1/stock/{sku}/pools/{pool}/fences/{channelId}/allocate',
  summary: 'Ring-fence units of a pool for one channel: nobody else can sell them. Only what the pool can sell now.',
  params: fenceParams,
  body: z.strictObject({ quantity, reference: fenceReference }),
  status: 201,
  response: moved,
  refusals: fenceRefusals,
});

/** Gives a channel's units back. */
export const releaseFence = defineApi({
  ...rules,
  id: 'releaseFence',
  method: 'POST',
  path: '/v1/stock/{sku}/pools/{pool}/fences/{channelId}/release',
  summary: 'Give ring-fenced units that the channel has not sold back to everybody.',
  params: fenceParams,
  body: z.strictObject({ quantity, reference: fenceReference }),
  response: moved,
  refusals: fenceRefusals,
});

/** Gives a channel's units to another. */
export const reallocateFence = defineApi({
  ...rules,
  id: 'reallocateFence',
  method: 'POST',
  path: '/v1/stock/{sku}/pools/{pool}/fences/{channelId}/reallocate',
  summary:
    'Give ring-fenced units that a channel has not sold to another channel of the same pool, without a moment between.',
  params: fenceParams,
  body: z.strictObject({ to: slug, quantity, reference: fenceReference }),
  response: moved.extend({ to: slug }),
  refusals: [...fenceRefusals, 'invalid-request'],
});

/** Who has units of a pool to itself? */
export const listFences = defineApi({
  ...rules,
  id: 'listFences',
  method: 'GET',
  path: '/v1/stock/{sku}/pools/{pool}/fences',
  summary:
    'The ring-fences of a SKU in a pool: per channel what was allocated, what of it is consumed, and what is left.',
  scope: 'stock:read',
  params: z.strictObject({ sku, pool: slug }),
  response: z.object({
    sku,
    pool: slug,
    ats: z.int(),
    fenced: z.int(),
    fences: z.array(z.object({ channelId: slug, allocated: z.int(), consumed: z.int(), left: z.int() })),
  }),
  refusals: ['not-found'],
});
