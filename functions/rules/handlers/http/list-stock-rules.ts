import { listStockRules as contract } from '../../../../shared/contracts/rules/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listRules } from '../../domain/read-rules.ts';

/** Lists rules. */
export const build = (ports = awsPorts) => httpHandler(contract, async () => ok(await listRules(ports)()));

export const handler = build();
