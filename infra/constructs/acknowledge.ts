import { Validations } from 'aws-cdk-lib/core';
import { type IConstruct } from 'constructs';

/**
 * Accepts findings of the checks on a construct and all below it, each with its reason. `id` names one rule, or one finding of it:
 * `AwsSolutions-IAM5[Resource::*]`.
 */
export function acknowledge(
  construct: IConstruct,
  ...findings: readonly { readonly id: string; readonly reason: string }[]
): void {
  for (const finding of findings) Validations.of(construct).acknowledge(finding);
}
