import { receiveWebhook as contract } from '../../../../shared/contracts/channels/apis.ts';
import { rawHttpHandler } from '../../../../shared/platform/http/raw-http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { receiveWebhook } from '../../domain/receive-webhook.ts';

/** Takes in a channel's webhook: checks its signature over the raw bytes, stores it, answers. */
export const build = (ports = awsPorts) =>
  rawHttpHandler(contract, ({ params, headers, query, body, now }) =>
    receiveWebhook(ports)(params.channelId, { headers, query, body }, now),
  );

export const handler = build();
