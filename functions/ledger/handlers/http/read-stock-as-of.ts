import { readStockAsOf as contract } from '../../../../shared/contracts/ledger/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readAsOf } from '../../domain/read-as-of.ts';

/** Says how a SKU stood at a time. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params: { sku }, query: { at }, now }) => {
    const then = await readAsOf(ports)(sku, at, now);
    return then.ok ? ok({ sku, at, ...then.value }) : then;
  });

export const handler = build();
