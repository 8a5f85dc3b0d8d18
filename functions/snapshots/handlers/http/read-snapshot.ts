import { readSnapshot as contract } from '../../../../shared/contracts/snapshots/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readSnapshot, shown } from '../../domain/read-snapshot.ts';

/** Says how far a snapshot is and what came of it. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const found = await readSnapshot(ports, { ...params, ...callerOf(principal) });
    return found.ok ? ok(await shown(ports, found.value)) : found;
  });

export const handler = build();
