import { createHash } from 'node:crypto';
import { type ChannelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connector.ts';
import { signed } from '../webhook/signature.ts';
import { needs } from './needs.ts';
import { purchaseOrderAcknowledgement } from './outbound/acknowledgement.ts';
import { functionalAcknowledgement } from './outbound/functional-acknowledgement.ts';
import { type Group, writeInterchange } from './outbound/interchange.ts';
import { faultsOf } from './inbound/document.ts';

/** An order that is ours now, and as its partner sent it where that is known. */
interface Taken {
  readonly externalId: string;
  readonly orderId: string;
  readonly snapshot?: ChannelOrderSnapshot;
}

/**
 * Tells the partner that the order is taken: an 855, and the 997 of the set that brought it where that is known, in one interchange, so that
 * either both arrive or none. Its control number comes from the order, so that a repeat is a repeat to the partner too. A depositor's 940 has
 * no 855. A channel without `outboundUrl` has nobody to tell.
 */
export async function acknowledge(order: Taken, connection: Connection): Promise<Result<true>> {
  const { channel, credentials, call, now } = connection;
  const url = settingOf(channel, needs, 'outboundUrl');
  const groups = groupsOf(order, now());
  if (url === '' || groups.length === 0) return ok(true);
  const [secret] = credentials.signing;
  if (secret === undefined)
    return refuse(
      'invalid-request',
      `Channel ${channel.channelId} has no signing secret, so nothing that it sends can be trusted. Give it one, then try again.`,
    );
  const controlNumber = controlNumberOf(`${channel.channelId} ${order.orderId}`);
  const [from, to] = [settingOf(channel, needs, 'ourId'), settingOf(channel, needs, 'partnerId')];
  const isTest = order.snapshot?.test ?? false;
  const body = writeInterchange({ from, to, controlNumber, at: now(), isTest }, groups);
  const headers = {
    'content-type': 'application/edi-x12',
    ...signed(secret, `x12_${controlNumber}`, new Date(now()), body),
  };
  const answer = await call({ operation: 'outbound', method: 'POST', url, headers, body });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status >= 200 && status < 300) return ok(true);
  return refuse(
    'invalid-request',
    `${new URL(url).host} answered ${status} to an acknowledgement. Check the settings of channel ${channel.channelId}, then try again.`,
  );
}

function groupsOf({ externalId, orderId, snapshot }: Taken, now: string): Group[] {
  const attributes = snapshot?.order.attributes ?? {};
  const {
    'x12.functionalId': functionalId,
    'x12.group': groupNumber = '',
    'x12.type': type = '850',
    'x12.set': setNumber = '',
  } = attributes;
  const placedAt = snapshot?.order.placedAt ?? now;
  const ofOrder = purchaseOrderAcknowledgement({ externalId, orderId, placedAt, acknowledgedAt: now, lines: [] });
  const ofSet =
    functionalId === undefined
      ? undefined
      : functionalAcknowledgement({ functionalId, groupNumber, type, setNumber, faults: faultsOf(attributes) });
  return [
    ...(type === '850' ? [{ functionalId: 'PR' as const, sets: [ofOrder] }] : []),
    ...(ofSet === undefined ? [] : [{ functionalId: 'FA' as const, sets: [ofSet] }]),
  ];
}

/** Nine digits, never 0, the same for the same text: of 10,000 orders two share one once in twenty times. */
const controlNumberOf = (text: string): number =>
  (createHash('sha256').update(text).digest().readUInt32BE(0) % 999_999_999) + 1;
