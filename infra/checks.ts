import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';

/** Has the app checked by cdk-nag's AWS Solutions rules when it is synthesized: a finding that nobody accepted with a reason fails it. */
export function checkedByNag(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
