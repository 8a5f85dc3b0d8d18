import { type Code } from 'aws-cdk-lib/aws-lambda';
import { type Stage } from './stages.ts';

/** What every construct of the house is told. */
export interface House {
  readonly stage: Stage;
  /** The bundle of an entry point `functions/<capability>/handlers/<trigger>/<name>.ts`. */
  readonly code: (entry: string) => Code;
}
