import { readLocation as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readLocation } from '../../domain/read-location.ts';

/** Reads a location, and how far stock has followed it. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params }) => readLocation(ports)(params.locationId));

export const handler = build();
