import { listFences as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listFences } from '../../domain/list-fences.ts';

/** Says who has units of a pool to itself. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params }) => listFences(ports)(params.sku, params.pool));

export const handler = build();
