import { dismissNotice as contract } from '../../../../shared/contracts/channels/notice-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { dismissNotice } from '../../domain/notices/settle-notice.ts';

/** Leaves a channel untold what it refused. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    if (!allowed.ok) return allowed;
    return dismissNotice(ports)({ ...params, ...body, now, actor: principal.name, ...(once && { once }) });
  });

export const handler = build();
