import { beginSnapshot as contract } from '../../../../shared/contracts/snapshots/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { beginSnapshot } from '../../domain/begin-snapshot.ts';
import { shown } from '../../domain/read-snapshot.ts';

/** Has an uploaded file applied. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const begun = await beginSnapshot(ports)({ ...params, ...callerOf(principal), now, ...(once && { once }) });
    return begun.ok ? ok(await shown(ports, begun.value)) : begun;
  });

export const handler = build();
