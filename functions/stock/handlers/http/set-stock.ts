import { setStock as contract } from '../../../../shared/contracts/stock/movement-apis.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { tellerOf } from '../../adapters/teller-of.ts';
import { setStock } from '../../domain/movements/set-stock.ts';

/** Sets a shelf to a count. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) =>
    setStock(ports)(
      { location: call.params.locationId, sku: call.params.sku, ...call.body },
      tellerOf(call),
      randomId('set'),
    ),
  );

export const handler = build();
