import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { derIn, signingKeyOf } from './digital-signature.ts';
import { siteOf } from './listings-requests.ts';

/** What eBay knows of a key; `expirationTime` in seconds. Source: https://developer.ebay.com/api-docs/developer/key-management/types/api:SigningKey */
const signingKey = z.looseObject({ publicKey: z.string().default(''), expirationTime: z.int().nullish() });
const answered = z.looseObject({ signingKeys: z.array(signingKey).default([]) });

/**
 * Whether refunds and cancellations can be signed: the key is one that eBay has made for the application, and has not ended. Without a key there is
 * nothing to say but on a site of the EU or the United Kingdom, as sellers who are at home there need one.
 */
export async function signing(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const key = signingKeyOf(connection.credentials.values);
  if (key === undefined) return isEuropean(connection.channel) ? [verdict(false, missing)] : [];
  const known = await knownKeys(connection);
  if (!known.ok) return [verdict(false, known.refusal.detail)];
  const publicKey = createPublicKey(key.key).export({ format: 'der', type: 'spki' });
  const found = known.value.find((one) => publicKey.equals(derIn(one.publicKey)));
  if (found === undefined) return [verdict(false, `eBay has made no such key for this clientId. ${remedy}`)];
  const end = found.expirationTime == null ? undefined : new Date(found.expirationTime * 1000).toISOString();
  return end !== undefined && end <= connection.now()
    ? [verdict(false, `The key ended on ${end.slice(0, 10)}. ${remedy}`)]
    : [verdict(true, `Refunds and cancellations are signed${end ? `; the key ends on ${end.slice(0, 10)}` : ''}.`)];
}

const verdict = (isGood: boolean, detail: string): ConnectionCheck => ({
  name: 'digital signature',
  ok: isGood,
  detail,
});

const remedy =
  "Make one with createSigningKey of eBay's Key Management API, and give signingKeyJwe and signingPrivateKey.";

const missing = `The site is one of the EU or the United Kingdom, and eBay takes refunds and cancellations only signed from sellers who are at home there. ${remedy} It does no harm where the seller is at home elsewhere.`;

/** Source: https://developer.ebay.com/api-docs/developer/key-management/resources/signing_key/methods/getSigningKeys */
async function knownKeys(connection: Connection): Promise<Result<readonly z.output<typeof signingKey>[]>> {
  const path = '/developer/key_management/v1/signing_key';
  const answer = await callEbay(connection, { operation: 'signing-key', host: 'apiz', path, as: 'application' });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const keys = answered.safeParse(json.ok ? json.value : undefined);
  return answer.value.status === 200 && keys.success
    ? ok(keys.data.signingKeys)
    : refuse('provider-unavailable', `eBay was asked which keys it knows and answered ${answer.value.status}.`);
}

/** Whoever sells in euros sells on one of these sites, whichever it is. */
const isEuropean = (channel: Connection['channel']): boolean =>
  channel.currency === 'EUR' || european.has(siteOf(channel));

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/ba:MarketplaceIdEnum */
const european: ReadonlySet<string> = new Set(
  ['AT', 'BE', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'GR', 'HU', 'IE', 'IT', 'NL', 'PL', 'PT', 'SE'].map(
    (country) => `EBAY_${country}`,
  ),
);
