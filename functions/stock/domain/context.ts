import { type Result } from '../../../shared/kernel/result.ts';
import { type OnceKey } from '../../../shared/model/decide.ts';

/** Who does something, when, and where that caller may. */
export interface Context {
  readonly now: string;
  readonly actor: string;
  /** Whether this caller may act at a location; refusal: `forbidden`. */
  readonly permit: (location: string) => Result<true>;
  readonly once?: OnceKey;
}
