import { listSnapshots as contract } from '../../../../shared/contracts/snapshots/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listSnapshots } from '../../domain/read-snapshot.ts';

/** Lists a source's snapshots, newest first. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ query, principal }) => listSnapshots(ports, { ...query, ...callerOf(principal) }));

export const handler = build();
