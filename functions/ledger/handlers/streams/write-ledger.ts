import { streamHandler } from '../../../../shared/platform/streams/stream-handler.ts';
import { entryOfChange } from '../../adapters/entry-item.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { type LedgerPorts } from '../../ports.ts';

/** Writes one entry for each new version of a position, pool or share. */
export const build = (ports: Pick<LedgerPorts, 'keep'> = awsPorts) =>
  streamHandler((changes) => ports.keep(changes.flatMap(entryOfChange)));

export const handler = build();
