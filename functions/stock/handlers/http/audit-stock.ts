import { auditStock as contract } from '../../../../shared/contracts/stock/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { auditStock } from '../../domain/audit.ts';

/** Checks whether the books agree with themselves. */
export const build = (ports = awsPorts) => httpHandler(contract, async ({ now }) => ok(await auditStock(ports)(now)));

export const handler = build();
