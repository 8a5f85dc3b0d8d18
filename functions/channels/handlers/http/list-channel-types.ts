import { listChannelTypes as contract } from '../../../../shared/contracts/channels/management-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listChannelTypes } from '../../domain/channels/channel-types.ts';

/** Lists what each type of channel can do and must be told. */
export const build = (ports = awsPorts) => httpHandler(contract, () => Promise.resolve(ok(listChannelTypes(ports))));

export const handler = build();
