import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { findingExceptionId } from '../../../shared/model/stock/identity.ts';
import { type AuditPorts } from '../ports.ts';
import { type ToldFinding } from './audit.ts';

type ExceptionPorts = Pick<AuditPorts, 'exception' | 'commit'>;

/** Raises a finding's exception, or brings it up to date: one and the same trouble is one exception. */
export const raised = (ports: ExceptionPorts, finding: ToldFinding, now: string) =>
  decideAndCommit<null>(ports.commit, async () => {
    const exceptionId = findingExceptionId(finding);
    const present = await ports.exception(exceptionId);
    const isOpen = present !== undefined && present.resolvedAt === undefined;
    const version = (present?.version ?? 0) + 1;
    const next = {
      exceptionId,
      code: 'audit-finding' as const,
      subject: { ...finding.subject, finding: finding.id },
      detail: `${finding.meaning} Here it differs by ${finding.difference}. ${finding.remedy}`,
      quantity: Math.abs(finding.difference),
      raisedAt: isOpen ? present.raisedAt : now,
      subjectVersion: finding.evidence?.[0]?.version ?? 0,
      version,
    };
    if (isOpen && present.quantity === next.quantity) return ok({ changes: [], reply: null });
    const change =
      present === undefined ? create('stockException', next) : replace('stockException', next, present.version);
    return ok({ changes: [change], reply: null });
  });

/** Resolves a finding's exception, if there is one that is open. */
export const closed = (ports: ExceptionPorts, exceptionId: string, now: string) =>
  decideAndCommit<null>(ports.commit, async () => {
    const present = await ports.exception(exceptionId);
    if (present === undefined || present.resolvedAt !== undefined) return ok({ changes: [], reply: null });
    const resolved = { ...present, resolvedAt: now, version: present.version + 1 };
    return ok({ changes: [replace('stockException', resolved, present.version)], reply: null });
  });
