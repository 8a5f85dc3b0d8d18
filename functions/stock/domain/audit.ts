import { type Finding, checkIdentities, identities } from '../../../shared/model/stock/identities.ts';
import { type AuditedItem, type StockPorts } from '../ports.ts';

/** What an audit found, and how much it looked at. */
export interface Audit {
  readonly checkedAt: string;
  readonly positions: number;
  readonly pools: number;
  readonly orders: number;
  readonly fulfillmentOrders: number;
  readonly oversold: number;
  readonly holds: boolean;
  readonly findings: (Finding & { readonly meaning: string })[];
}

/** How often the auditor looks again at what seems not to add up: a reading beside running transactions sees some half of them. */
const looks = 5;
/** More findings than these say no more. */
const maximumFindings = 100;

/**
 * Checks every identity over everything there is, as a stream. What does not add up in one reading and in the next, by the same number of
 * units, is a finding; what differs between them was a transaction in flight.
 */
export const auditStock =
  (ports: Pick<StockPorts, 'everything'>) =>
  async (now: string): Promise<Audit> => {
    let seen = await reading(ports);
    for (let look = 1; look < looks && seen.findings.length > 0; look += 1) {
      const again = await reading(ports);
      const before = new Set(seen.findings.map((finding) => JSON.stringify(finding)));
      const lasting = again.findings.filter((finding) => before.has(JSON.stringify(finding)));
      const settled = lasting.length === again.findings.length;
      seen = { ...again, findings: lasting };
      if (settled) break;
    }
    const findings = seen.findings
      .slice(0, maximumFindings)
      .map((finding) => ({ ...finding, meaning: identities[finding.identity] }));
    return { ...seen.counts, checkedAt: now, oversold: seen.oversold, holds: seen.findings.length === 0, findings };
  };

async function reading(ports: Pick<StockPorts, 'everything'>) {
  const check = checkIdentities();
  const counts = { positions: 0, pools: 0, orders: 0, fulfillmentOrders: 0 };
  let oversold = 0;
  for await (const audited of ports.everything()) {
    counts[`${audited.kind}s`] += 1;
    if (audited.kind === 'pool') oversold += Math.max(0, -audited.item.ats);
    take(check, audited);
  }
  return { counts, oversold, findings: check.findings() };
}

function take(check: ReturnType<typeof checkIdentities>, audited: AuditedItem): void {
  if (audited.kind === 'position') check.position(audited.item);
  else if (audited.kind === 'pool') check.pool(audited.item);
  else if (audited.kind === 'order') check.order(audited.item);
  else check.fulfillmentOrder(audited.item);
}
