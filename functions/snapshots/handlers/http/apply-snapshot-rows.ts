import { applySnapshotRows as contract } from '../../../../shared/contracts/snapshots/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { applyRows } from '../../domain/apply-rows.ts';

/** Folds counts into the books at once. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ body, principal, now, once }) =>
    applyRows(ports, { ...body, ...callerOf(principal), now, ...(once && { once }) }),
  );

export const handler = build();
