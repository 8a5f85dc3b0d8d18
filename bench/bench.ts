import { type Findings } from './report.ts';

/** One benchmark: `npm run bench -- <name>`. */
export interface Bench {
  readonly name: string;
  /** What it measures, in a sentence. */
  readonly about: string;
  /** Runs it; `say` tells how far it is. */
  run(say: (line: string) => void): Promise<Findings>;
}
