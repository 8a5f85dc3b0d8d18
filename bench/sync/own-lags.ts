import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const measured = z.object({
  _aws: z.object({ Timestamp: z.number() }),
  channel: z.string(),
  StockLag: z.array(z.number()).default([]),
  OversellWindow: z.array(z.number()).default([]),
});

/** What Crossdock measures itself, milliseconds, by channel: all changes that a channel acknowledged, and the urgent ones. */
export type OwnLags = ReadonlyMap<string, { readonly all: readonly number[]; readonly urgent: readonly number[] }>;

/** Reads its metrics since a time (milliseconds since 1970) where CloudWatch would: in the lines that its functions log. */
export function ownLags(dataDir: string, from = 0): OwnLags {
  const logs = path.join(dataDir, 'logs');
  const lines = readdirSync(logs)
    .filter((file) => file.includes('work-lane'))
    .flatMap((file) => readFileSync(path.join(logs, file), 'utf8').split('\n'))
    .filter((line) => line.includes('"StockLag"') || line.includes('"OversellWindow"'));
  const lags = new Map<string, { readonly all: number[]; readonly urgent: number[] }>();
  for (const line of lines) {
    const { _aws: at, channel, StockLag: all, OversellWindow: urgent } = measured.parse(textOf(line));
    if (at.Timestamp < from) continue;
    const kept = lags.get(channel) ?? { all: [], urgent: [] };
    kept.all.push(...all);
    kept.urgent.push(...urgent);
    lags.set(channel, kept);
  }
  return lags;
}

const textOf = (line: string): unknown => JSON.parse(line.slice(line.indexOf('{')));
