import { readStockRule as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readRule } from '../../domain/read-rules.ts';

/** Reads a rule. */
export const build = (ports = awsPorts) => httpHandler(contract, ({ params }) => readRule(ports)(params.ruleId));

export const handler = build();
