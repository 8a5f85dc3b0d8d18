import { type Findings } from '../report.ts';
import { percentile } from '../statistics.ts';
import { type Story } from './changes.ts';
import { load, type Source } from './load.ts';
import { units } from './seed.ts';
import { type Sizes } from './sizes.ts';
import { untilShown, type World, withWorld } from './world.ts';

/** One SKU that changes all the time: what a channel is told is its pace, not the changes'. */
export const hot = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  withWorld({ ...sizes, skus: 1 }, {}, async (world) => {
    const story: Story = [{ quantity: units, at: 0, kind: 'rise' }];
    const pace = { perSecond: sizes.hotPerSecond, seconds: sizes.hotSeconds };
    const loaded = await load(world.twin, sourceOf(world, story), pace);
    const watched = await untilShown(world, [story], sizes, say);
    const seconds = loaded.milliseconds / 1000;
    return {
      notes: [
        `One SKU that loses a unit ${(loaded.changes / seconds).toFixed(0)} times a second for ${seconds.toFixed(0)} s (${loaded.changes} changes, p99 of the answer ${percentile(loaded.answers, 0.99).toFixed(0)} ms): how many calls each channel got.`,
      ],
      tables: [
        {
          title: 'A hot SKU',
          columns: [
            ...['channel', 'calls that tell stock', 'calls/s', 'changes a call', 'p50 s', 'p99 s'],
            ...['over a limit (must be 0)', 'older over newer', 'shows another quantity (must be 0)'],
          ],
          rows: watched.map(({ type, stockCalls, lags, overLimit, stale, wrong }) => [
            ...[type, stockCalls, stockCalls / seconds, loaded.changes / stockCalls],
            ...[0.5, 0.99].map((share) => percentile(lags.fall, share) / 1000),
            ...[overLimit, stale, wrong],
          ]),
        },
      ],
    };
  });

/** Units go one by one, and differences add up whatever comes first. */
function sourceOf({ stock }: World, story: Story): Source {
  const [[location = ''], [sku = '']] = [stock.locations, stock.skus];
  return {
    lines: (count, at) =>
      Array.from({ length: count }, () => {
        const quantity = units - story.length;
        story.push({ quantity, at, kind: 'fall' });
        return { operation: 'adjust', location, sku, reference: `sold-${story.length}`, delta: -1 };
      }),
    arrived: () => undefined,
  };
}
