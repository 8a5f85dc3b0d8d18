import { retryWebhook as contract } from '../../../../shared/contracts/channels/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retryWebhook } from '../../domain/quarantine/retry-webhook.ts';

/** Has a quarantined delivery mapped again. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal, now, once }) =>
    retryWebhook(ports)({
      ...params,
      now,
      actor: principal.name,
      allowed: (to) => bound(principal, to),
      ...(once && { once }),
    }),
  );

export const handler = build();
