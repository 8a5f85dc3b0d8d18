import * as z from 'zod';
import { AwsError } from '../../aws-service.ts';
import { type Operation } from './operation.ts';
import { maxResults, nextTokenOf, positionOf, readRequest } from './request.ts';

const describeRequest = z.object({ stateMachineArn: z.string() });
const listRequest = z.object({ maxResults, nextToken: z.string().optional() });

export const describeStateMachine: Operation = ({ engine }, input) => {
  const { stateMachineArn } = readRequest(describeRequest, input);
  const machine = engine.machines.get(stateMachineArn);
  if (machine === undefined) {
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  }
  const { arn, name, roleArn, source } = machine;
  return {
    stateMachineArn: arn,
    name,
    roleArn,
    definition: source,
    status: 'ACTIVE',
    type: 'STANDARD',
    creationDate: engine.deployedSeconds,
  };
};

export const listStateMachines: Operation = ({ engine }, input) => {
  const { maxResults: limit, nextToken } = readRequest(listRequest, input);
  const from = nextToken === undefined ? 0 : positionOf(nextToken);
  const machines = [...engine.machines.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = machines.slice(from, from + limit).map(({ arn, name }) => ({
    stateMachineArn: arn,
    name,
    type: 'STANDARD',
    creationDate: engine.deployedSeconds,
  }));
  return { stateMachines: page, nextToken: from + limit < machines.length ? nextTokenOf(from + limit) : undefined };
};
