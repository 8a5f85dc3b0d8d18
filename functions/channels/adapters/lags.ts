import { measure } from '../../../shared/platform/metrics.ts';
import { type Lag } from '../lane-ports.ts';

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
