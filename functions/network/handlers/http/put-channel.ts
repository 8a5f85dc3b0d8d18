import { putChannel as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { changeCredentials } from '../../../../shared/platform/secrets/channel-credentials.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putChannel } from '../../domain/put-channel.ts';

/** Creates or changes a channel. */
export const build = (ports = { ...awsPorts, changeCredentials }) =>
  httpHandler(contract, ({ params, body, now }) => putChannel(ports)({ ...params, ...body }, now));

export const handler = build();
