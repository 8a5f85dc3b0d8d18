import { readLocationLedger as contract } from '../../../../shared/contracts/ledger/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { answered } from '../../domain/answer.ts';
import { readLocationLedger } from '../../domain/read-location-ledger.ts';

/** Says what happened at a location. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? answered(await readLocationLedger(ports)(params.locationId, query, now)) : allowed;
  });

export const handler = build();
