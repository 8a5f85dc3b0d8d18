import { readStockHold as contract } from '../../../../shared/contracts/holds/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { readHold } from '../../domain/read-hold.ts';

/** Reads a hold. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal, now }) => readHold(visibleTo(principal, ports))(params.holdId, now));

export const handler = build();
