import { plusSeconds } from '../../kernel/time.ts';
import { type AuditedItem, type CheckOptions } from './audited.ts';
import { type StockHold } from './hold.ts';
import { type Scales, type Weight } from './scales.ts';
import { type StockException } from './stock-exception.ts';

/** How long a hold may stay after its end until it is a finding: the sweep comes every minute. */
const graceSeconds = 300;

/** Holds: the truth that held follows; and exceptions, which must make sense. */
export const checkHolds = (scales: Scales, { now }: CheckOptions) => ({
  take: (audited: AuditedItem): void => {
    if (audited.kind === 'stockException') checkException(scales, audited.item);
    if (audited.kind !== 'stockHold' || audited.item.state !== 'HELD') return;
    weighHold(scales, audited.item);
    if (now !== undefined && plusSeconds(audited.item.expiresAt, graceSeconds) < now) overdue(scales, audited.item);
  },
});

const weightOf = ({ holdId, version }: StockHold): Weight => ({
  what: 'hold',
  id: holdId,
  version,
  lasting: false,
});

function weighHold(scales: Scales, hold: StockHold): void {
  const { lines, pool, channelId: channel, counted } = hold;
  const by = weightOf(hold);
  for (const { sku, quantity, location } of lines) {
    scales.add('held-by-holds', location === undefined ? { sku, pool } : { sku, location }, -quantity, by);
    if (counted) scales.add('share-held-by-holds', { sku, pool, channel }, -quantity, by);
  }
}

function overdue(scales: Scales, hold: StockHold): void {
  for (const { sku, quantity } of hold.lines)
    scales.add('holds-in-time', { sku, holdId: hold.holdId }, quantity, weightOf(hold));
}

function checkException(scales: Scales, exception: StockException): void {
  const { exceptionId, subject, raisedAt, resolvedAt, version } = exception;
  const by: Weight = { what: 'exception', id: exceptionId, version, lasting: true };
  const upsideDown = resolvedAt !== undefined && resolvedAt < raisedAt;
  const aboutNothing = subject['sku'] === undefined;
  if (upsideDown || aboutNothing) scales.add('exceptions-in-order', { sku: subject['sku'] ?? '', exceptionId }, 1, by);
}
