import { type Bench } from '../bench.ts';
import { runParts, sizesOf, smallerThan } from '../parts.ts';
import { accept } from './accept.ts';
import { burst } from './burst.ts';
import { cost } from './cost.ts';
import { full } from './sizes.ts';

/** Orders by webhook at the peak. */
export const intake: Bench = {
  name: 'intake',
  about:
    'Webhooks of a Shopify shop: how fast they are accepted and captured, a shuffled burst of 10,000 with repeats, and what an order by webhook costs.',
  run: (say) => {
    const sizes = sizesOf(full, process.env);
    const run = {
      accept: () => accept(sizes, say),
      burst: () => burst(sizes, say),
      cost: () => cost(sizes, say),
    };
    return runParts(
      { name: 'intake', parts: ['accept', 'burst', 'cost'], smaller: smallerThan(full, sizes) },
      run,
      say,
    );
  },
};
