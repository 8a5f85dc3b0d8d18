import { putLocation as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { coordinatesOf } from '../../../../shared/geo/coordinates-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putLocation } from '../../domain/put-location.ts';
import { type NetworkPorts } from '../../ports.ts';

/** Creates or changes a location. */
export const build = (ports: NetworkPorts = { ...awsPorts, coordinatesOf }) =>
  httpHandler(contract, ({ params, body, now }) => putLocation(ports)({ ...params, ...body }, now));

export const handler = build();
