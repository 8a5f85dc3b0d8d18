import { listChannels as contract } from '../../../../shared/contracts/network/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Lists all channels. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async () => ok({ channels: [...(await ports.channels())] }));

export const handler = build();
