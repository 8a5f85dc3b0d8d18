import { type DeployedResource } from '../template/cloudformation.ts';
import { asObject, listOf, stringsOf } from '../template/json.ts';
import { parseStatements, type Statement } from './statements.ts';

/** AWS managed policies that grant nothing the twin checks: they let a function log, trace, or be fed by an event source. */
const harmlessManagedPolicies = new Set([
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
]);

/** Collects what each of these roles may do, by role ARN: inline policies, `AWS::IAM::Policy` and `AWS::IAM::ManagedPolicy`. */
export function rolePolicies(
  resources: readonly DeployedResource[],
  roleArns: ReadonlySet<string>,
): Map<string, readonly Statement[]> {
  const roles = resources.filter(({ type, arn }) => type === 'AWS::IAM::Role' && roleArns.has(arn));
  const byName = new Map(roles.map((role) => [role.name, inlineStatements(role)]));
  for (const policy of resources.filter(
    ({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy',
  )) {
    const attachedTo = stringsOf(policy.properties['Roles'], `${policy.logicalId}.Roles`).filter((role) =>
      byName.has(role),
    );
    if (attachedTo.length === 0) continue;
    const statements = documentStatements(policy, policy.properties['PolicyDocument']);
    for (const role of attachedTo) byName.get(role)?.push(...statements);
  }
  return new Map(roles.map((role) => [role.arn, byName.get(role.name) ?? []]));
}

function inlineStatements(role: DeployedResource): Statement[] {
  for (const managed of stringsOf(role.properties['ManagedPolicyArns'], `${role.logicalId}.ManagedPolicyArns`)) {
    if (!managed.startsWith('arn:aws:iam::aws:')) continue;
    const name = managed.slice(managed.lastIndexOf('/') + 1);
    if (!harmlessManagedPolicies.has(name))
      throw new Error(`${role.logicalId}: managed policy ${name} is not known to the twin`);
  }
  return listOf(role.properties['Policies']).flatMap((policy) =>
    documentStatements(role, asObject(policy, `${role.logicalId}.Policies`)['PolicyDocument']),
  );
}

function documentStatements({ stackName, logicalId }: DeployedResource, document: unknown): Statement[] {
  const where = `${stackName}/${logicalId}`;
  return parseStatements(asObject(document, `${where}: PolicyDocument`), where);
}
