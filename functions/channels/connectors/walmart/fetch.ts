import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { type WalmartCall, callWalmart } from './api.ts';
import { type WalmartEvent, eventIn } from './event.ts';

/**
 * Asks Walmart for what an event names: the return of a RETURN_… event, else the order. What is mapped is `{event, answer}`: an intent to
 * cancel may not show in the order yet. An order that came with a page has all.
 * Source: https://developer.walmart.com/us-marketplace/reference/getanorder, reference/getreturns
 */
export async function fetch(
  delivery: { readonly body: Buffer },
  connection: Connection,
): ReturnType<NonNullable<Connector['fetch']>> {
  const json = readJson(delivery.body);
  const event = json.ok ? eventIn(json.value) : undefined;
  const call = event && callFor(event);
  if (event === undefined || call === undefined) return ok(undefined);
  const answer = await callWalmart(connection, call);
  return answer.ok ? answerOf(answer.value, event) : answer;
}

function callFor({ type, purchaseOrderId, returnOrderId }: WalmartEvent): WalmartCall | undefined {
  if (type.startsWith('RETURN_'))
    return returnOrderId === undefined
      ? undefined
      : { operation: 'returns', path: `/v3/returns?returnOrderId=${encodeURIComponent(returnOrderId)}` };
  return purchaseOrderId === undefined
    ? undefined
    : { operation: 'order', path: `/v3/orders/${encodeURIComponent(purchaseOrderId)}?replacementInfo=true` };
}

function answerOf({ status, body }: ChannelAnswer, event: WalmartEvent): Result<Buffer | ReturnType<typeof ignored>> {
  const named = event.type.startsWith('RETURN_') ? `return ${event.returnOrderId}` : `order ${event.purchaseOrderId}`;
  if (status === 404) return ok(ignored(`Walmart knows no ${named} of this seller`));
  if (status !== 200 || !readJson(body).ok)
    return refuse('provider-unavailable', `Walmart answered ${status} for ${named}. It is tried again.`);
  const { type: eventType, at: eventTime, purchaseOrderId } = event;
  const said = { eventType, eventTime, resource: { purchaseOrderId } };
  return ok(Buffer.concat([Buffer.from(`{"event":${JSON.stringify(said)},"answer":`), body, Buffer.from('}')]));
}
