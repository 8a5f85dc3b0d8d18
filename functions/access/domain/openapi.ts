import * as z from 'zod';
import { type ApiContract } from '../../../shared/contracts/define-api.ts';
import { type RefusalCode, refusalStatus } from '../../../shared/kernel/refusal.ts';

/** Refusals that every route with a body may answer. */
const everywhere: readonly RefusalCode[] = [
  'malformed-request',
  'unauthorized',
  'forbidden',
  'body-too-large',
  'unsupported-media-type',
  'invalid-request',
];
/** What a route that writes may answer besides: others keep changing the same. */
const ofWrites: readonly RefusalCode[] = ['too-busy'];
/** What a POST may answer besides: it is done once per key. */
const ofPosts: readonly RefusalCode[] = ['idempotency-key-missing', 'idempotency-key-reused'];

const isKeyed = ({ method, scope }: ApiContract): boolean => method === 'POST' && scope !== 'public';

const refusalsOf = (contract: ApiContract): ReadonlySet<RefusalCode> =>
  new Set([
    ...contract.refusals,
    ...everywhere,
    ...(contract.method === 'GET' ? [] : ofWrites),
    ...(isKeyed(contract) ? ofPosts : []),
  ]);

/** OpenAPI 3.1 of the given routes. */
export const openApi = (contracts: readonly ApiContract[]) => ({
  openapi: '3.1.0',
  info: {
    title: 'Crossdock',
    version: '1',
    description: 'Omnichannel order management: every unit promised once, every decision explained.',
  },
  security: [{ apiKey: [] }],
  paths: pathsOf(contracts),
  components: {
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
    schemas: { Problem: problemSchema },
  },
});

const problemSchema = {
  type: 'object',
  description:
    'RFC 9457 problem details with a stable code, the fields at fault by JSON pointer, and facts such as what is left.',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(refusalStatus) },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
};

function pathsOf(contracts: readonly ApiContract[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const contract of contracts) {
    (paths[contract.path] ??= {})[contract.method.toLowerCase()] = operation(contract);
  }
  return paths;
}

function operation(contract: ApiContract) {
  const body = contract.body instanceof z.ZodUndefined ? undefined : schemaOf(contract.body, 'input');
  return {
    operationId: contract.id,
    summary: contract.summary,
    tags: [contract.capability],
    ...(contract.scope === 'public' ? { security: [] } : { 'x-scope': contract.scope }),
    parameters: parametersOf(contract),
    ...(body && {
      requestBody: {
        required: isRaw(contract.body) || !contract.body.safeParse(undefined).success,
        content: contentOf(contract.body, body),
      },
    }),
    responses: responsesOf(contract),
  };
}

/** A body that is nobody's to read but its receiver's. */
const isRaw = (schema: z.ZodType): boolean => schema instanceof z.ZodUnknown;

/** Raw bytes have no schema but what they are. Source: https://spec.openapis.org/oas/v3.1.0#considerations-for-file-uploads */
const contentOf = (body: z.ZodType, schema: ReturnType<typeof schemaOf>) =>
  isRaw(body)
    ? {
        '*/*': {
          schema: { type: 'string', contentMediaType: 'application/octet-stream', description: body.description },
        },
      }
    : { 'application/json': { schema } };

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });

function parametersOf(contract: ApiContract) {
  const of = (schema: z.ZodType, where: 'path' | 'query') => {
    const { properties = {}, required = [] } = schemaOf(schema, 'input');
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: property,
    }));
  };
  const once = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 255 } };
  return [...of(contract.params, 'path'), ...of(contract.query, 'query'), ...(isKeyed(contract) ? [once] : [])];
}

function responsesOf(contract: ApiContract) {
  const problems = Map.groupBy(refusalsOf(contract), (code) => refusalStatus[code]);
  return {
    [contract.status]: {
      description: contract.summary,
      content: { 'application/json': { schema: schemaOf(contract.response, 'output') } },
    },
    ...Object.fromEntries(
      [...problems].map(([status, of]) => [
        String(status),
        {
          description: of.join(', '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
    ),
  };
}
