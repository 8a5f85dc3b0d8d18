import { processNeeds } from '../iam/process-needs.ts';
import { rolePolicies } from '../iam/roles.ts';
import { AccessGuard } from '../iam/access-guard.ts';
import { type FunctionConfig } from '../lambda/function-config.ts';
import { type MachineInput } from '../step-functions/machine.ts';
import { type Foundation, ofType } from './foundation.ts';
import { machineInputOf } from './state-machines.ts';

/**
 * A guard that knows what each function (by name) and each process (by role ARN) may do. Only their roles are read: others may hold
 * forms that the twin does not evaluate. What the definition of a process says it calls is checked at once, and recorded if denied.
 */
export function createGuard(
  { app, resources, account }: Foundation,
  functions: readonly FunctionConfig[],
): AccessGuard {
  const machines: MachineInput[] = ofType(resources, 'AWS::StepFunctions::StateMachine').map(machineInputOf);
  const roleArns = new Set([...functions, ...machines].map(({ roleArn }) => roleArn));
  const policies = rolePolicies(app.resources, roleArns);
  const byFunction = functions.map(({ name, roleArn }) => [name, policies.get(roleArn) ?? []] as const);
  const guard = new AccessGuard(new Map([...byFunction, ...policies]));
  for (const { definition, roleArn, name } of machines) {
    for (const need of processNeeds(definition, account)) guard.note(roleArn, name, need);
  }
  return guard;
}
