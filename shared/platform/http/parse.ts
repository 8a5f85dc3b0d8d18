import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApiContract } from '../../contracts/define-api.ts';
import { errorWords, fieldErrors, pointerPart } from '../../contracts/field-errors.ts';
import { canonicalJson, parseJson } from '../../kernel/json.ts';
import { sha256Hex } from '../../kernel/ids.ts';
import { type FieldError } from '../../kernel/refusal.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type OnceKey } from '../../model/decide.ts';
import { type ApiCall, type Principal } from './call.ts';

/** Reads a request by its contract: everything that is wrong with it is refused with the field's name, before anything is done. */
export function parseCall<C extends ApiContract>(
  contract: C,
  event: APIGatewayProxyEventV2,
  principal: Principal,
  now: string,
): Result<ApiCall<C>> {
  const body = bodyOf(contract, event);
  if (!body.ok) return body;
  const params = contract.params.safeParse(event.pathParameters ?? {});
  const query = contract.query.safeParse(event.queryStringParameters ?? {});
  const parsed = contract.body.safeParse(body.value);
  const errors = [...fieldErrors(params, '#path'), ...fieldErrors(query, '#query'), ...fieldErrors(parsed, '')];
  if (errors.length > 0 || !params.success || !query.success || !parsed.success) return invalid(errors);
  const torn = tornTexts(parsed.data, '');
  if (torn.length > 0) return invalid(torn);
  const once = onceKey(contract, event, principal, { params: params.data, body: parsed.data });
  if (!once.ok) return once;
  const call = {
    params: params.data,
    query: query.data,
    body: parsed.data,
    principal,
    now,
    ...(once.value && { once: once.value }),
  };
  return ok(call as ApiCall<C>);
}

const invalid = (errors: readonly FieldError[]) =>
  refuse('invalid-request', `The request was refused: ${errors.map(errorWords).join('; ')}.`, { errors });

/** The raw body as text of bytes, whether it came as text or base64. */
export const rawBody = (event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

function bodyOf(contract: ApiContract, event: APIGatewayProxyEventV2): Result<unknown> {
  const bytes = rawBody(event);
  if (bytes.length > contract.maximumBodyBytes) {
    return refuse(
      'body-too-large',
      `The body has ${bytes.length} bytes; this route takes ${contract.maximumBodyBytes}.`,
      {
        facts: { maximumBytes: contract.maximumBodyBytes },
      },
    );
  }
  if (bytes.length === 0) return ok(undefined);
  if (!/^application\/([a-z.]+\+)?json\b/i.test(event.headers['content-type'] ?? '')) {
    return refuse('unsupported-media-type', 'Send the body as application/json.', {
      errors: [{ pointer: '#header/content-type', detail: 'must be application/json' }],
    });
  }
  try {
    return ok(parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    return refuse(
      'malformed-request',
      `The body is no JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** Half of a surrogate pair (`"\\ud83d"`, an emoji cut in two) is JSON but no Unicode text: DynamoDB does not take it. */
function tornTexts(value: unknown, pointer: string): FieldError[] {
  if (typeof value === 'string')
    return value.isWellFormed()
      ? []
      : [{ pointer, detail: 'must be whole Unicode text: it has half of a surrogate pair' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => tornTexts(part, `${pointer}/${pointerPart(key)}`));
}

function onceKey(
  contract: ApiContract,
  event: APIGatewayProxyEventV2,
  principal: Principal,
  request: unknown,
): Result<OnceKey | undefined> {
  if (contract.method !== 'POST' || contract.scope === 'public') return ok(undefined);
  const key = event.headers['idempotency-key']?.trim() ?? '';
  if (key.length < 1 || key.length > 255) {
    return refuse(
      'idempotency-key-missing',
      'Send an Idempotency-Key header (1 to 255 characters): the same key for each repeat of this request, another for every other.',
      {
        errors: [{ pointer: '#header/idempotency-key', detail: 'is required on every POST' }],
      },
    );
  }
  return ok({ key: `${contract.id}#${principal.id}#${key}`, requestHash: sha256Hex(canonicalJson(request)) });
}
