import { readOrderLedger as contract } from '../../../../shared/contracts/ledger/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { answered } from '../../domain/answer.ts';
import { readOrderLedger } from '../../domain/read-order-ledger.ts';
import { visibleTo } from '../../domain/visible-to.ts';

/** Says who moved what for an order. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal }) =>
    answered(await readOrderLedger(visibleTo(principal.channelId, ports))(params.orderId, query)),
  );

export const handler = build();
