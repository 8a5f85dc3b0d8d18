import { dismissDelivery as contract } from '../../../../shared/contracts/channels/quarantine-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { dismissDelivery } from '../../domain/quarantine/dismiss-delivery.ts';

/** Takes a delivery out of quarantine for good. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, principal, now, once }) =>
    dismissDelivery(ports)({
      ...params,
      ...body,
      now,
      actor: principal.name,
      allowed: (to) => bound(principal, to),
      ...(once && { once }),
    }),
  );

export const handler = build();
