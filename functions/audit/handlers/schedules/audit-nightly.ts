import { systemClock } from '../../../../shared/kernel/time.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { untilOver } from '../../adapters/until-over.ts';
import { reportAudit } from '../../domain/report-audit.ts';

/** Of Lambda's 900 seconds: the rest is for the report. */
const seconds = 840;

/** Audits everything at night, keeps the report, and counts findings for the alarm: every run logs one line that its metric reads. */
export const build =
  (ports = awsPorts, clock = systemClock) =>
  async (): Promise<void> => {
    const audit = await reportAudit(ports)({ now: clock.now(), actor: 'auditor', isOver: untilOver(seconds) });
    const { complete, holds, unsettled, oversold, counts, findings } = audit;
    logger.info('audit', { complete, holds, unsettled, oversold, counts, findings: findings.length });
  };

export const handler = build();
