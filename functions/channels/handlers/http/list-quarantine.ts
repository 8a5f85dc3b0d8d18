import { listQuarantine as contract } from '../../../../shared/contracts/channels/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listInbox } from '../../domain/quarantine/list-inbox.ts';

/** Lists a channel's deliveries that could not be mapped. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listInbox(ports)(params.channelId, 'QUARANTINED', query) : allowed;
  });

export const handler = build();
