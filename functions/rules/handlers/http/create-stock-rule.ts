import { createStockRule as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createRule } from '../../domain/draft-rule.ts';

/** Drafts a rule. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ body, now, once }) => createRule(ports)(body, now, once));

export const handler = build();
