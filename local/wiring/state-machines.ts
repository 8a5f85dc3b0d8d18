import { type MachineInput } from '../step-functions/machine.ts';
import { definitionOf } from '../template/assets.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { asObject, asString, parseJson } from '../template/json.ts';

/** Reads an `AWS::StepFunctions::StateMachine` with its definition. */
export function machineInputOf(resource: DeployedResource): MachineInput {
  const { name, arn, properties, logicalId } = resource;
  const type = properties['StateMachineType'];
  if (type !== undefined && type !== 'STANDARD')
    throw new Error(`${logicalId}: only standard state machines are supported`);
  return {
    name,
    arn,
    definition: asObject(parseJson(definitionOf(resource)), `${logicalId}: definition`),
    roleArn: asString(properties['RoleArn'], `${logicalId}.RoleArn`),
  };
}
