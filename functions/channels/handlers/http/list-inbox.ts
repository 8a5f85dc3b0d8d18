import { listInbox as contract } from '../../../../shared/contracts/channels/quarantine-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listInbox } from '../../domain/quarantine/list-inbox.ts';

/** Lists deliveries of a channel that are not done with. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query: { state, ...page }, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listInbox(ports)(params.channelId, state, page) : allowed;
  });

export const handler = build();
