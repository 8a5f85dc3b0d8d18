import { moveStock as contract } from '../../../../shared/contracts/stock/movement-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { tellerOf } from '../../adapters/teller-of.ts';
import { moveStock } from '../../domain/movements/move-stock.ts';

/** Takes in many movements, each on its own. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => {
    if (call.once === undefined) throw new Error('a POST came without the key that makes it once-only');
    return moveStock(ports)(call.body.lines, tellerOf(call), call.once);
  });

export const handler = build();
