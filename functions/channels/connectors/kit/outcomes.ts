import { type QuarantineCode } from '../../../../shared/model/inbox/inbox.ts';
import { type Mapped } from '../../domain/connector.ts';

/** Nothing of ours, and why. */
export const ignored = (reason: string): Extract<Mapped, { kind: 'ignored' }> => ({ kind: 'ignored', reason });

/** A person must mend it first: why, and what to do. */
export const quarantined = (code: QuarantineCode, reason: string): Extract<Mapped, { kind: 'quarantined' }> => ({
  kind: 'quarantined',
  code,
  reason,
});

/** Maps, and puts an amount that cannot be read exactly (a RangeError) in quarantine. Anything else that is thrown is a broken assumption. */
export function readingAmounts(map: () => Mapped): Mapped {
  try {
    return map();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return quarantined(
      'amount',
      `An amount cannot be read exactly: ${error.message}. Correct it at the channel, or capture the order with POST /v1/orders.`,
    );
  }
}
