import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Document, readDocument } from './inbound/document.ts';
import { needs } from './needs.ts';
import { functionalAcknowledgement } from './outbound/functional-acknowledgement.ts';
import { sendInterchange } from './send-interchange.ts';
import { hears } from './tell.ts';
import { at } from './x12/segment.ts';

/**
 * Answers a set that a person must look at with its 997, as partners count the hours until it comes: rejected where it may not be whole, else accepted,
 * for a 997 says how a set was read and nothing of what it wants. A set of another sender is none that this partner waits for.
 */
export async function answerQuarantined(
  body: Buffer,
  connection: Connection,
  controlNumber: number,
): Promise<Result<true>> {
  const document = readDocument(body);
  if (document === undefined || !hears(connection.channel) || !isPartners(document, connection)) return ok(true);
  const { gs, st, faults, isTest } = document;
  const set = { functionalId: at(gs, 1), groupNumber: at(gs, 6), type: at(st, 1), setNumber: at(st, 2), faults };
  const groups = [{ functionalId: 'FA' as const, sets: [functionalAcknowledgement(set)] }];
  return sendInterchange(connection, { controlNumber, isTest, groups });
}

const isPartners = ({ isa }: Document, { channel }: Connection): boolean =>
  settingOf(channel, needs, 'partnerId') === `${at(isa, 5)}:${at(isa, 6)}`;
