import * as z from 'zod';
import { type InvokeResult } from '../aws-service.ts';

const responseSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/** How a function took a batch: the identifiers it reported as failed (none: all is done), or an error for the whole batch. */
export type BatchOutcome = { readonly failedIds: ReadonlySet<string> } | { readonly error: string };

/**
 * Reads what an invocation came back with. Identifiers that are not in the batch, or a malformed report, fail the whole batch, as
 * Lambda has it; without ReportBatchItemFailures the payload means nothing.
 */
export function batchOutcome(result: InvokeResult, reportsFailures: boolean, ids: ReadonlySet<string>): BatchOutcome {
  if (result.functionError) return { error: errorText(result) };
  if (!reportsFailures || result.payload === null || typeof result.payload !== 'object')
    return { failedIds: new Set() };
  const parsed = responseSchema.safeParse(result.payload);
  if (!parsed.success) return { error: 'malformed batchItemFailures' };
  const failedIds = new Set(parsed.data.batchItemFailures?.map((failure) => failure.itemIdentifier));
  const unknown = [...failedIds].find((id) => !ids.has(id));
  return unknown === undefined
    ? { failedIds }
    : { error: `batchItemFailures names ${unknown}, which is not in the batch` };
}

function errorText({ payload, functionError }: InvokeResult): string {
  const message =
    payload !== null && typeof payload === 'object' && !Array.isArray(payload) ? payload.errorMessage : payload;
  return typeof message === 'string' ? message : `${functionError ?? ''} function error`;
}
