import { type Aggregate } from '../orders/order.ts';

/** What the audit of one day found. */
export interface AuditReport extends Aggregate {
  /** The day, UTC: `2026-11-22`. */
  readonly auditId: string;
  readonly checkedAt: string;
  readonly complete: boolean;
  /** True when every identity holds. */
  readonly holds: boolean;
  /** Units that are promised and not there. */
  readonly oversold: number;
  readonly unsettled: number;
  /** How many findings; each is an exception. */
  readonly findings: number;
  /** How much was looked at, by kind. */
  readonly counts: Readonly<Record<string, number>>;
}
