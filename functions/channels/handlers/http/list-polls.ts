import { listPolls as contract } from '../../../../shared/contracts/channels/polling-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listPolls } from '../../domain/polling/list-polls.ts';

/** Shows how the asking of a channel for its orders goes. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listPolls(ports)(params.channelId) : allowed;
  });

export const handler = build();
