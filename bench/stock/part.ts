import { type Findings } from '../report.ts';
import { type Sizes } from './sizes.ts';

/** One part of the benchmark: what it found. */
export type RunPart = (sizes: Sizes, say: (line: string) => void) => Promise<Findings>;
