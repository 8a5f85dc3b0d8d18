import { measure } from '../../../shared/platform/metrics.ts';
import { type Lag, type Lateness } from '../lane-ports.ts';

/** Measures all changes that a channel has acknowledged, and apart from them those that were urgent: the oversell window. */
export function measureLags(channelId: string, lags: readonly Lag[]): void {
  if (lags.length === 0) return;
  const urgent = lags.filter(({ urgency }) => urgency === 'now');
  measure(
    { name: 'StockLag', unit: 'Milliseconds', values: lags.map(({ milliseconds }) => milliseconds) },
    { channel: channelId },
  );
  measure(
    { name: 'OversellWindow', unit: 'Milliseconds', values: urgent.map(({ milliseconds }) => milliseconds) },
    { channel: channelId },
  );
}

/** Measures how late a channel is at this moment, where it is: what it has not acknowledged has no lag yet. */
export function measureLateness(channelId: string, { urgentMs, failures }: Lateness): void {
  if (urgentMs > 0)
    measure({ name: 'UrgentWaiting', unit: 'Milliseconds', values: [urgentMs] }, { channel: channelId });
  if (failures > 0) measure({ name: 'LaneFailures', unit: 'Count', values: [failures] }, { channel: channelId });
}
