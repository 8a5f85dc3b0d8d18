import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { badSignature, isHmacOf, verifiedByAny } from '../kit/signatures.ts';
import { verified } from '../webhook/signature.ts';
import { textOf } from './inbound/document.ts';
import { needs } from './needs.ts';
import { type SetInEnvelope, nameOf, readInterchange } from './x12/read-interchange.ts';
import { at } from './x12/segment.ts';

/**
 * Checks who delivered, and takes an interchange apart: a delivery for every transaction set, named by its control numbers and what it says, so
 * that one that cannot be read stops none of the others and an interchange that comes twice is taken once, whatever the gateway calls it. Some
 * partners number every interchange alike: what says something else is another one.
 */
export function takeIn(inbound: Inbound, connection: Connection): Result<readonly Delivery[]> {
  const refused = unsigned(inbound, connection);
  if (refused !== undefined) return refused;
  const sets = readInterchange(textOf(inbound.body));
  if (sets.length === 0)
    return ok([{ deliveryId: `body/${sha256Hex(inbound.body.toString('latin1'))}`, topic: 'x12/unreadable' }]);
  const times = new Map<string, number>();
  return ok(
    sets.map((set) => {
      const name = `${nameOf(set)}/${digestOf(set)}`;
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      // A partner that numbers two sets alike must not lose the second.
      const deliveryId = time === 1 ? name : `${name}/${time}`;
      return { deliveryId, topic: `x12/${at(set.st, 1)}`, body: Buffer.from(set.text) };
    }),
  );
}

/** The same for the same segments, whatever separates and ends them. */
const digestOf = ({ st, segments }: SetInEnvelope): string =>
  sha256Hex(
    JSON.stringify([st, ...segments].map(({ tag, elements }) => [tag, ...elements.map((one) => one.trim())])),
  ).slice(0, 16);

function unsigned(inbound: Inbound, { channel, credentials, now }: Connection): Result<never> | undefined {
  const header = settingOf(channel, needs, 'signatureHeader').toLowerCase();
  if (header === '') {
    const id = verified(credentials.signing, inbound, now());
    return id.ok ? undefined : id;
  }
  const given = inbound.headers[header]?.replace(/^sha256=/i, '');
  const encoding = /^[0-9a-f]{64}$/i.test(given ?? '') ? 'hex' : 'base64';
  const isGood = verifiedByAny(credentials.signing, (secret) => isHmacOf(inbound.body, secret, given, { encoding }));
  return isGood ? undefined : badSignature(header, 'must be the base64 or hex HMAC-SHA256 of the raw body');
}
