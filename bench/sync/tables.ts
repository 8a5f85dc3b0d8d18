import { type Table } from '../report.ts';
import { percentile, sum } from '../statistics.ts';
import { type Kind } from './changes.ts';
import { type CpuTimes } from './cpu.ts';
import { type OwnLags } from './own-lags.ts';
import { channelIdOf } from './seed.ts';
import { type Watched } from './world.ts';

const inSeconds = (milliseconds: readonly number[], share: number): number => percentile(milliseconds, share) / 1000;
const both = (milliseconds: readonly number[]): number[] => [0.5, 0.99].map((share) => inSeconds(milliseconds, share));
const allOf = ({ lags }: Watched): readonly number[] => [...lags.soldOut, ...lags.fall, ...lags.rise];
const kinds: readonly Kind[] = ['soldOut', 'fall', 'rise'];

/** When each channel showed what had changed, by the channel itself and by Crossdock. */
export const lagTable = (perSecond: number, watched: readonly Watched[], own: OwnLags): Table => ({
  title: `Seconds from a change to the channel that shows it, at ${perSecond} changes a second`,
  columns: [
    ...['channel', 'changes', 'p50', 'p99', 'sold out p50', 'p99', 'fall p50', 'p99', 'rise p50', 'p99'],
    ...['Crossdock says p50', 'p99', 'oversell window p50', 'p99'],
  ],
  rows: watched.map((one) => {
    const { all = [], urgent = [] } = own.get(channelIdOf(one)) ?? {};
    const measured = [allOf(one), ...kinds.map((kind) => one.lags[kind]), all, urgent];
    return [one.type, allOf(one).length, ...measured.flatMap(both)];
  }),
});

/** What it took, and that nothing went wrong. */
export const callsTable = (
  perSecond: number,
  watched: readonly Watched[],
  allows: ReadonlyMap<string, string>,
  { changes, endedAt }: { readonly changes: number; readonly endedAt: number },
): Table => ({
  title: `Calls, limits and what is shown in the end, at ${perSecond} changes a second`,
  columns: [
    ...['channel', 'it allows', 'calls that tell stock', 'changes a call', 'other calls', 'most at once'],
    ...[
      'over a limit (must be 0)',
      'answered 5xx',
      'older over newer (must be 0)',
      'for s in all',
      'never sent (must be 0)',
    ],
    ...['SKUs that show another quantity (must be 0)', 'caught up s after the last change'],
  ],
  rows: watched.map((one) => [
    ...[one.type, allows.get(one.type) ?? '', one.stockCalls, changes / one.stockCalls, one.otherCalls],
    ...[one.mostAtOnce, one.overLimit, one.failures, one.stale, one.staleMs / 1000, one.strange, one.wrong],
    Math.max(0, one.lastAt - endedAt) / 1000,
  ]),
});

const partners: readonly (readonly [keyof CpuTimes, string])[] = [
  ['functions', 'functions (two processes)'],
  ['database', 'DynamoDB emulator'],
  ['twin', 'twin: API, streams, bus, queues'],
  ['channels', 'sandboxes of the channels'],
  ['load', 'load generator'],
];

/** Where the CPU time goes. */
export const cpuTable = (perSecond: number, cpu: CpuTimes, changes: number): Table => {
  const total = sum(Object.values(cpu));
  return {
    title: `CPU time of one change, told to every channel, at ${perSecond} changes a second`,
    columns: ['process', 'ms', '%'],
    rows: [...partners, ['all', 'all'] as const].map(([key, name]) => {
      const milliseconds = key === 'all' ? total : cpu[key];
      return [name, milliseconds / changes, (milliseconds / total) * 100];
    }),
  };
};
