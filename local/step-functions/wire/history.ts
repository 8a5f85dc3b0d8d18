import * as z from 'zod';
import { type Json, type JsonObject } from '../../aws-service.ts';
import { type ExecutionRow } from '../execution-row.ts';
import { type StoredEvent } from '../history-event.ts';
import { findExecution } from './executions.ts';
import { type Operation } from './operation.ts';
import { epochSeconds, maxResults, nextTokenOf, positionOf, readRequest } from './request.ts';

const historyRequest = z.object({
  executionArn: z.string(),
  maxResults,
  nextToken: z.string().optional(),
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
});

/** Which payload an event of that type shows. */
function payloadKey(type: string): 'input' | 'output' | undefined {
  if (type.endsWith('StateEntered') || type === 'ExecutionStarted') return 'input';
  if (type.endsWith('StateExited') || type === 'ExecutionSucceeded') return 'output';
  return type === 'TaskSucceeded' || type === 'LambdaFunctionSucceeded' ? 'output' : undefined;
}

/** The member of an event that holds its details. */
function detailsKey(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

const textMembers = new Set(['input', 'output', 'parameters']);

/** Details as AWS writes them: payloads as JSON text. */
function shownDetails(details: JsonObject, withData: boolean): JsonObject {
  const shown: JsonObject = {};
  for (const [key, value] of Object.entries(details)) {
    if (!textMembers.has(key)) shown[key] = value;
    else if (withData) shown[key] = JSON.stringify(value);
  }
  return shown;
}

/** Puts back the payloads that the history leaves out because the event before has the same. */
export function renderHistory(row: ExecutionRow, events: readonly StoredEvent[], withData = true): JsonObject[] {
  const input = z.json().parse(JSON.parse(row.input));
  const output: Json = row.output === null ? null : z.json().parse(JSON.parse(row.output));
  const payloads: Json[] = [input];
  return events.map(([type, ms, previous, details], index) => {
    const key = payloadKey(type);
    const own = type === 'ExecutionSucceeded' ? output : (details['input'] ?? details['output']);
    const payload = own ?? payloads[previous] ?? null;
    payloads[index + 1] = payload;
    const all = key === undefined ? details : { ...details, [key]: payload };
    const event: JsonObject = { id: index + 1, previousEventId: previous, timestamp: epochSeconds(ms), type };
    return { ...event, [detailsKey(type)]: shownDetails(all, withData) };
  });
}

export const getExecutionHistory: Operation = ({ executions }, input) => {
  const request = readRequest(historyRequest, input);
  const row = findExecution(executions, request.executionArn);
  const events = renderHistory(row, executions.history(row.id), request.includeExecutionData);
  if (request.reverseOrder) events.reverse();
  const from = request.nextToken === undefined ? 0 : positionOf(request.nextToken);
  const to = from + request.maxResults;
  return { events: events.slice(from, to), nextToken: to < events.length ? nextTokenOf(to) : undefined };
};
