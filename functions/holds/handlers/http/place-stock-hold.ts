import { placeStockHold as contract } from '../../../../shared/contracts/holds/apis.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { placeHold } from '../../domain/place-hold.ts';

/** Holds units for a checkout. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ body, principal, now, once }) => {
    const allowed = bound(principal, { channelId: body.channelId });
    const call = { ...body, holdId: randomId('hold'), now, actor: principal.name, ...(once && { once }) };
    return allowed.ok ? placeHold(ports)(call) : allowed;
  });

export const handler = build();
