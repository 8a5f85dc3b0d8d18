import { randomUUID } from 'node:crypto';
import { type Json, type JsonObject } from '../aws-service.ts';

/** What a publisher says about one event. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Json;
  readonly resources?: readonly string[];
  /** Epoch milliseconds; the time of acceptance without it. */
  readonly timeMs?: number;
}

/** Whose events these are. */
export interface EventOrigin {
  readonly accountId: string;
  readonly region: string;
}

/** The event as EventBridge hands it to targets, in its order of fields. */
export function eventEnvelope(
  entry: EventEntry,
  { accountId, region }: EventOrigin,
  now: number,
): JsonObject & { id: string } {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.detailType,
    source: entry.source,
    account: accountId,
    time: eventTime(entry.timeMs ?? now),
    region,
    resources: [...(entry.resources ?? [])],
    detail: entry.detail,
  };
}

/** EventBridge's time: ISO 8601 in UTC, whole seconds. */
export function eventTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
