import { readDelivery as contract } from '../../../../shared/contracts/channels/quarantine-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readDelivery } from '../../domain/quarantine/read-delivery.ts';

/** Reads a delivery, as it came. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal }) =>
    readDelivery(ports)({ ...params, allowed: (to) => bound(principal, to) }),
  );

export const handler = build();
