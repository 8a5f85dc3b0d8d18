import * as z from 'zod';
import { type JsonObject } from '../aws-service.ts';

const details: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/**
 * One event as it is kept: type, milliseconds, number of the event before it in its frame, details. An `input` or
 * `output` equal to the payload of
 * the event before it is left out; {@link ../wire/history.ts} puts it back.
 */
export const storedEvents = z.array(z.tuple([z.string(), z.number(), z.number(), details]));

export type StoredEvent = z.output<typeof storedEvents>[number];
