import { openChangeStreams } from '../dynamodb/change-streams.ts';
import { createEventSources, type EventSources } from '../event-sources/event-sources.ts';
import { type Compute } from './compute.ts';
import { type Foundation, ofType } from './foundation.ts';
import { mappingDefinitionOf } from './mappings.ts';
import { type Shutdown } from './shutdown.ts';

/**
 * Batches of one queue in flight, where the template sets no limit. AWS gives each a machine of its own; here all consumers share a few cores,
 * and of ten busy queues with many batches each, every batch waits for all others until it times out.
 */
const batchesAtOnce = 4;

/** Connects queues and table streams to functions, and begins polling. */
export async function startSources(
  { resources, db, dynamoDb }: Foundation,
  { pool, sqs }: Compute,
  shutdown: Shutdown,
): Promise<EventSources> {
  const streams = shutdown.add(openChangeStreams(dynamoDb), (open) => open.close());
  const sources = createEventSources({
    db,
    sqs,
    streams,
    invoke: (name, payload, signal) => pool.invoke(name, payload, signal),
  });
  for (const mapping of ofType(resources, 'AWS::Lambda::EventSourceMapping')) {
    const definition = mappingDefinitionOf(mapping);
    if (definition === undefined) continue;
    sources.define({ maximumConcurrency: batchesAtOnce, ...definition });
    // What functions held when an earlier process was killed: on AWS they outlive their pollers, here they died with it.
    if (definition.source.kind === 'sqs') await sqs.release(definition.source.arn);
  }
  shutdown.add(sources, (open) => open.stop());
  await sources.start();
  return sources;
}
