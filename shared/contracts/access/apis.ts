import * as z from 'zod';
import { defineApi, scopes } from '../define-api.ts';
import { slug } from '../fields.ts';

/** What a new key is asked to be. */
export const apiKeyInput = z.strictObject({
  name: z.string().min(1).max(100),
  scopes: z.array(z.enum([...scopes, '*'])).min(1),
  channelId: slug.optional(),
  locationId: slug.optional(),
});

/** Makes an API key; it is shown this once. */
export const createApiKey = defineApi({
  id: 'createApiKey',
  capability: 'access',
  method: 'POST',
  path: '/v1/api-keys',
  summary: 'Make an API key with scopes, bound to a channel or a location if wanted. The key is shown this once.',
  scope: 'access:write',
  body: apiKeyInput,
  status: 201,
  response: z.object({ key: z.string(), name: z.string(), scopes: z.array(z.string()) }),
});

/** The API describes itself. */
export const readOpenApi = defineApi({
  id: 'readOpenApi',
  capability: 'access',
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'This API as OpenAPI 3.1, generated from its contracts.',
  scope: 'public',
  response: z.looseObject({ openapi: z.string() }),
});
