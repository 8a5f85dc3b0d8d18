import { createSnapshot as contract } from '../../../../shared/contracts/snapshots/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createSnapshot } from '../../domain/create-snapshot.ts';
import { shown } from '../../domain/read-snapshot.ts';

/** Announces a file of counts. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ body, principal, now, once }) => {
    const created = await createSnapshot(ports, { ...body, ...callerOf(principal), now, ...(once && { once }) });
    return created.ok ? ok(await shown(ports, created.value)) : created;
  });

export const handler = build();
