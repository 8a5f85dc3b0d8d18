import { listLocations as contract } from '../../../../shared/contracts/network/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Lists all locations. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async () => ok({ locations: [...(await ports.locations())] }));

export const handler = build();
