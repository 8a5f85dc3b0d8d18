import { createApiKey as contract } from '../../../../shared/contracts/access/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createApiKey } from '../../domain/create-api-key.ts';

/** Makes an API key. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ body, now, once }) => createApiKey(ports)(body, now, once));

export const handler = build();
