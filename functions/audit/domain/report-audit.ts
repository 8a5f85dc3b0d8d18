import { auditCompleted } from '../../../shared/contracts/audit/events.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type AuditReport } from '../../../shared/model/stock/audit-report.ts';
import { findingExceptionId } from '../../../shared/model/stock/identity.ts';
import { type AuditPorts } from '../ports.ts';
import { type Audit, type AuditCall, auditStock } from './audit.ts';
import { closed, raised } from './exceptions.ts';

/** More exceptions than these help nobody; the report says how many there are. */
const mostExceptions = 100;

/**
 * Audits everything and keeps what came of it: an exception for each finding (an audit that is certain of everything resolves those whose
 * trouble is over), and the day's report, which carries the event. Run twice it says the same.
 */
export const reportAudit =
  (ports: AuditPorts) =>
  async (call: AuditCall & { readonly actor: string }): Promise<Audit> => {
    const audit = await auditStock(ports)(call);
    const found = new Set(audit.findings.map(findingExceptionId));
    for (const finding of audit.findings.slice(0, mostExceptions)) await raised(ports, finding, call.now);
    if (audit.complete && audit.unsettled === 0)
      for await (const { exceptionId } of ports.openFindings())
        if (!found.has(exceptionId)) await closed(ports, exceptionId, call.now);
    await keepReport(ports, audit, call);
    return audit;
  };

const keepReport = (ports: Pick<AuditPorts, 'report' | 'commit'>, audit: Audit, call: { now: string; actor: string }) =>
  decideAndCommit<null>(ports.commit, async () => {
    const auditId = call.now.slice(0, 'yyyy-mm-dd'.length);
    const present = await ports.report({ auditId });
    const version = (present?.version ?? 0) + 1;
    const { checkedAt, complete, holds, oversold, unsettled, counts } = audit;
    const result = { checkedAt, complete, holds, oversold, unsettled, findings: audit.findings.length };
    const data = { auditId, ...result, positions: counts.position, pools: counts.pool, orders: counts.order };
    const events = [auditCompleted.of(auditId, version, call, data)];
    const report: AuditReport = { auditId, ...result, counts, version, updatedAt: call.now, events };
    const change =
      present === undefined ? create('auditReport', report) : replace('auditReport', report, present.version);
    return ok({ changes: [change], reply: null });
  });
