import { RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** One deployment of the whole system, and what it is worth. */
export interface Stage {
  readonly name: string;
  /** Real orders: nothing of it may be lost by a mistake. */
  readonly isProduction: boolean;
  /** What becomes of tables and logs when they are taken out of the template. */
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  /** A physical name, the same on every deployment: `crossdock-<stage>-<part>-…`. */
  named(...parts: readonly string[]): string;
}

/** Names stay within Lambda's 64 characters: the longest function name needs 40 of them beside the stage's. */
const stageName = /^[a-z][a-z0-9-]{0,11}$/;

/**
 * A stage by its name: `prod` and everything that begins with it is production.
 * @throws Error when the name does not fit into physical names
 */
export function stageOf(name: string): Stage {
  if (!stageName.test(name)) {
    throw new Error(`stage "${name}": use 1 to 12 lower-case letters, digits or hyphens, a letter first`);
  }
  const isProduction = name.startsWith('prod');
  return {
    name,
    isProduction,
    removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    logRetention: isProduction ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK,
    named: (...parts) => ['crossdock', name, ...parts].join('-'),
  };
}
