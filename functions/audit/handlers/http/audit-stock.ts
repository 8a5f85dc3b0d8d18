import { auditStock as contract } from '../../../../shared/contracts/audit/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { untilOver } from '../../adapters/until-over.ts';
import { auditStock } from '../../domain/audit.ts';
import { answerOf } from '../../domain/answer.ts';

/** Of the 29 seconds that the API waits: the rest is for a look that is under way. */
const seconds = 22;

/** Checks whether the books agree with themselves. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ now }) => ok(answerOf(await auditStock(ports)({ now, isOver: untilOver(seconds) }))));

export const handler = build();
