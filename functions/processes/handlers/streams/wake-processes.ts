import { type Aggregate } from '../../../../shared/model/orders/order.ts';
import { entityFrom } from '../../../../shared/platform/dynamo/read.ts';
import { type ItemChange, streamHandler } from '../../../../shared/platform/streams/stream-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { type AggregateChange, wakeProcesses } from '../../domain/wake.ts';

/** Answers processes that wait on an order, a fulfillment order or a return. */
export const build = (ports = awsPorts) =>
  streamHandler((changes) => wakeProcesses(ports)(changes.flatMap(aggregateChange)));

function aggregateChange({ before, after }: ItemChange): AggregateChange[] {
  if (after?.['wait'] === undefined) return [];
  const aggregate = entityFrom<'order'>(after) as Aggregate;
  return [{ sk: after['sk']?.S ?? '', after: aggregate, ...(before && { before: entityFrom<'order'>(before) }) }];
}

export const handler = build();
