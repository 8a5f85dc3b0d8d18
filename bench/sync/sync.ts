import { type Bench } from '../bench.ts';
import { runParts, sizesOf, smallerThan } from '../parts.ts';
import { cost } from './cost.ts';
import { hot } from './hot.ts';
import { peak, steady } from './peak.ts';
import { full } from './sizes.ts';

/** Stock on its way to every channel. */
export const sync: Bench = {
  name: 'sync',
  about:
    'Stock on its way to eight channels with their real limits: when each shows a change, what that takes, a hot SKU, and what a million changes cost.',
  run: (say) => {
    const sizes = sizesOf(full, process.env);
    const run = {
      peak: () => peak(sizes, say),
      steady: () => steady(sizes, say),
      hot: () => hot(sizes, say),
      cost: () => cost(sizes, say),
    };
    return runParts(
      { name: 'sync', parts: ['peak', 'steady', 'hot', 'cost'], smaller: smallerThan(full, sizes) },
      run,
      say,
    );
  },
};
