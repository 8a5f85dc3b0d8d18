import * as z from 'zod';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { type BatchAnswer, splitRefused } from '../kit/split-refused.ts';
import { clean } from '../kit/texts.ts';
import { type SignedMessage, addressOf, postSigned } from './send-signed.ts';

interface Part {
  readonly sku: string;
}

/** How an endpoint names what it refuses of a message: `422 {"refused":[{"sku":"A4","reason":"has no barcode"}]}`. */
const refusedParts = z.looseObject({
  refused: z.array(z.looseObject({ sku: z.string(), reason: z.string().optional() })),
});

/**
 * Posts one message about many SKUs. A 422 that names SKUs refuses those, and the others are taken; one that names none is sent again in halves, until
 * the SKU that is to blame stands alone. Refusals: `invalid-request`, final, in the endpoint's words; `provider-unavailable` for any other answer but 2xx.
 */
export async function sendParts<T extends Part>(
  connection: Connection,
  parts: readonly T[],
  messageOf: (parts: readonly T[]) => SignedMessage,
): Promise<ReadonlyMap<string, Result<true>>> {
  const answers = await splitRefused(parts, (some) => sendSome(connection, some, messageOf(some)));
  return new Map([...answers].map(([{ sku }, answer]) => [sku, answer]));
}

async function sendSome<T extends Part>(
  connection: Connection,
  parts: readonly T[],
  message: SignedMessage,
): Promise<BatchAnswer<T>> {
  const address = addressOf(connection);
  const answer = address.ok ? await postSigned(connection, address.value, message) : address;
  // Whatever keeps the channel as a whole from being told is no SKU's fault.
  if (!answer.ok) return { kind: 'refused', refusal: { ...answer.refusal, code: 'provider-unavailable' } };
  const host = address.ok ? new URL(address.value.url).host : '';
  return judged(answer.value, parts, { host, what: message.what });
}

function judged<T extends Part>(
  { status, body }: ChannelAnswer,
  parts: readonly T[],
  { host, what }: { readonly host: string; readonly what: string },
): BatchAnswer<T> {
  if (status >= 200 && status < 300)
    return { kind: 'answered', answers: new Map(parts.map((part) => [part, ok(true)])) };
  const words = clean(body.toString('utf8'), 300);
  const said = `with ${status}${words === undefined ? '.' : `: ${words}`}`;
  if (status !== 422)
    return refusal('provider-unavailable', `${host} did not take ${what}, but answered ${said} It is tried again.`);
  const named = namedIn(body);
  if (!parts.some(({ sku }) => named.has(sku))) return refusal('invalid-request', `${host} refused it ${said}`);
  const answerOf = ({ sku }: Part): Result<true> =>
    named.has(sku)
      ? refuse('invalid-request', `${host} refused it: ${named.get(sku) ?? 'it gave no reason'}`)
      : ok(true);
  return { kind: 'answered', answers: new Map(parts.map((part) => [part, answerOf(part)])) };
}

const refusal = (code: Refusal['code'], detail: string): { kind: 'refused'; refusal: Refusal } => ({
  kind: 'refused',
  refusal: refuse(code, detail).refusal,
});

/** The reasons by SKU; none where the answer has another form. */
function namedIn(body: Buffer): ReadonlyMap<string, string | undefined> {
  const json = readJson(body);
  const parsed = refusedParts.safeParse(json.ok ? json.value : undefined);
  return new Map(parsed.data?.refused.map(({ sku, reason }) => [sku, clean(reason, 300)]));
}
