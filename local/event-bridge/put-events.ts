import * as z from 'zod';
import { AwsError, type Json, type JsonObject } from '../aws-service.ts';
import { type EventEntry } from './envelope.ts';
import { parseJson } from './parse-json.ts';
import { isObject } from './pattern-operators.ts';

/** Entries in one PutEvents request (EventBridge quotas). */
const MAX_ENTRIES = 10;
/** Size of one PutEvents request: 1 MiB (EventBridge quotas, since January 2026; 256 KiB before). */
const MAX_REQUEST_BYTES = 1024 * 1024;
const TIME_BYTES = 14;

const entrySchema = z.object({
  Time: z.number().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
});
const requestSchema = z.object({ Entries: z.array(entrySchema) });

/** One entry of a PutEvents request. */
export type PutEventsEntry = z.infer<typeof entrySchema>;

/** Reads a PutEvents request; throws AwsError `ValidationException` for a wrong shape, number of entries or size. */
export function parsePutEvents(input: JsonObject): PutEventsEntry[] {
  const parsed = requestSchema.safeParse(input);
  if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
  const { Entries } = parsed.data;
  if (Entries.length === 0 || Entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'ValidationException',
      `Entries must have between 1 and ${MAX_ENTRIES} members, not ${Entries.length}.`,
    );
  }
  if (Entries.reduce((bytes, entry) => bytes + entryBytes(entry), 0) > MAX_REQUEST_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return Entries;
}

/** Bytes of an entry as EventBridge counts them ("Calculating PutEvents event entry size"). */
function entryBytes(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (entry.Time === undefined ? 0 : TIME_BYTES);
}

/** An entry that EventBridge takes, or the error it answers for this entry alone; throws AwsError. */
export function readEntry(entry: PutEventsEntry): EventEntry {
  const { Source, DetailType, Detail } = entry;
  if (!Source) throw missing('Source');
  if (!DetailType) throw missing('DetailType');
  if (!Detail) throw missing('Detail');
  if (Source.startsWith('aws.')) {
    throw new AwsError('NotAuthorizedForSourceException', `Not authorized for the source ${Source}.`);
  }
  return {
    source: Source,
    detailType: DetailType,
    detail: parseDetail(Detail),
    resources: entry.Resources,
    timeMs: entry.Time === undefined ? undefined : entry.Time * 1000,
  };
}

function missing(parameter: string): AwsError {
  return new AwsError(
    'InvalidArgument',
    `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`,
  );
}

function parseDetail(detail: string): Json {
  const parsed = parseJson(detail);
  if (!isObject(parsed)) throw new AwsError('MalformedDetail', 'Detail is malformed.');
  return parsed;
}
