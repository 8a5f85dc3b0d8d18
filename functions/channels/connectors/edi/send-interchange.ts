import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { taken } from '../kit/taken.ts';
import { signed } from '../webhook/signature.ts';
import { needs } from './needs.ts';
import { type Group, writeInterchange } from './outbound/interchange.ts';

/** An interchange to a partner. */
export interface Outgoing {
  readonly controlNumber: number;
  readonly isTest: boolean;
  readonly groups: readonly Group[];
}

/**
 * Posts an interchange to the partner's VAN or gateway, signed as Standard Webhooks. Refusals: `provider-unavailable`; `invalid-request` where it is not
 * taken, or cannot be signed.
 */
export async function sendInterchange(
  { channel, credentials, call, now }: Connection,
  { controlNumber, isTest, groups }: Outgoing,
): Promise<Result<true>> {
  const url = settingOf(channel, needs, 'outboundUrl');
  const [secret] = credentials.signing;
  if (secret === undefined)
    return refuse(
      'invalid-request',
      `Channel ${channel.channelId} has no signing secret, so nothing that it sends can be trusted. Give it one, then try again.`,
    );
  const [from, to] = [settingOf(channel, needs, 'ourId'), settingOf(channel, needs, 'partnerId')];
  const body = writeInterchange({ from, to, controlNumber, at: now(), isTest }, groups);
  const headers = {
    'content-type': 'application/edi-x12',
    ...signed(secret, `x12_${controlNumber}`, new Date(now()), body),
  };
  const answer = await call({ operation: 'outbound', method: 'POST', url, headers, body });
  const sets = groups.flatMap((group) => group.sets.map(({ type }) => type)).join(' and ');
  const told = taken(answer, new URL(url).host, `the ${sets}`);
  return told.ok ? ok(true) : told;
}
