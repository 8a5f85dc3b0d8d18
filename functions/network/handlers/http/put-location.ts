import { putLocation as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putLocation } from '../../domain/put-location.ts';

/** Creates or changes a location. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, now }) => putLocation(ports)({ ...params, ...body }, now));

export const handler = build();
