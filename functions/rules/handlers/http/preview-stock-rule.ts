import { previewStockRule as contract } from '../../../../shared/contracts/rules/apis.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { previewRule } from '../../domain/preview-rule.ts';

/** The API waits 30 seconds at most, and a page that is begun must end. */
const seconds = 15;

/** Says what a draft would change. */
export const build = (ports = awsPorts, clock = systemClock) =>
  httpHandler(contract, ({ params, body, now, once }) =>
    previewRule(ports, clock, seconds)({ ...params, ...body, now, ...(once && { once }) }),
  );

export const handler = build();
