import { listNotices as contract } from '../../../../shared/contracts/channels/notice-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listNotices } from '../../domain/notices/list-notices.ts';

/** Lists what a channel is to be told of its orders, or refused. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query: { state, ...page }, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listNotices(ports)(params.channelId, state, page) : allowed;
  });

export const handler = build();
