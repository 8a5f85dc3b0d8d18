import { type AuditedItem, type CheckOptions } from './audited.ts';
import { checkCounters } from './checks-of-counters.ts';
import { checkHolds } from './checks-of-holds.ts';
import { checkSupply } from './checks-of-supply.ts';
import { checkWork } from './checks-of-work.ts';
import { type Finding } from './identity.ts';
import { forgetfulScales, rememberingScales } from './scales.ts';

/** Takes everything there is, one item at a time and in any order; then says what does not add up. */
export interface IdentityCheck {
  take(audited: AuditedItem): void;
  findings(): Finding[];
  /** Units that are promised and not there: below-zero ATS of all pools, as a positive number. */
  oversold(): number;
}

/**
 * Checks the identities of stock and orders as one stream. What balances is forgotten at once, so that the memory it needs is that of
 * open work and of what does not add up, however many positions there are (read a SKU's positions and pools together).
 */
export function checkIdentities(options: CheckOptions = {}): IdentityCheck {
  const scales = options.evidence === true ? rememberingScales() : forgetfulScales();
  const counters = checkCounters(scales, options);
  const work = checkWork(scales);
  const holds = checkHolds(scales, options);
  const supply = checkSupply(scales);
  return {
    take: (audited) => {
      counters.take(audited);
      work.take(audited);
      holds.take(audited);
      supply.take(audited);
    },
    findings: () => [...counters.findings(), ...scales.unbalanced()],
    oversold: () => counters.oversold(),
  };
}
