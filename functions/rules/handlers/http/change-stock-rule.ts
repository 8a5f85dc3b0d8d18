import { changeStockRule as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { changeRule } from '../../domain/draft-rule.ts';

/** Changes a draft. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, now }) => changeRule(ports)(params.ruleId, body, now));

export const handler = build();
