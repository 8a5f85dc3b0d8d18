import { retryNotice as contract } from '../../../../shared/contracts/channels/notice-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retryNotice } from '../../domain/notices/settle-notice.ts';

/** Has a channel told again what it refused. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? retryNotice(ports)({ ...params, now, actor: principal.name, ...(once && { once }) }) : allowed;
  });

export const handler = build();
