import { cancelSnapshot as contract } from '../../../../shared/contracts/snapshots/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { cancelSnapshot } from '../../domain/cancel-snapshot.ts';
import { shown } from '../../domain/read-snapshot.ts';

/** Gives a file of counts up. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const cancelled = await cancelSnapshot(ports)({ ...params, ...callerOf(principal), now, ...(once && { once }) });
    return cancelled.ok ? ok(await shown(ports, cancelled.value)) : cancelled;
  });

export const handler = build();
