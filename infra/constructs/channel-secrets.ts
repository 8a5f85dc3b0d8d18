import { Aws } from 'aws-cdk-lib/core';
import { type Stage } from '../stages.ts';

/** What a function may do with the secrets of channels. */
export type SecretAccess = 'read' | 'readWrite';

const reading = ['GetSecretValue'];
const writing = ['CreateSecret', 'PutSecretValue'];
const actionsOf: Readonly<Record<SecretAccess, readonly string[]>> = {
  read: reading,
  readWrite: [...reading, ...writing],
};

/**
 * The beginning of the names of channels' secrets, one secret a channel: `crossdock-<stage>/channels/<channelId>`. They are made when channels
 * are given credentials, so the template has none of them, and a stage that is taken down leaves them behind.
 */
export const secretsPrefix = (stage: Stage): string => `${stage.named()}/channels`;

const arnOf = (stage: Stage, partition: string, region: string, account: string): string =>
  `arn:${partition}:secretsmanager:${region}:${account}:secret:${secretsPrefix(stage)}/*`;

/** The IAM statement of one kind of access: to the secrets of a stage's channels, whatever those are called. */
export const secretRights = (stage: Stage, access: SecretAccess) => ({
  actions: actionsOf[access].map((action) => `secretsmanager:${action}`),
  resources: [arnOf(stage, Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID)],
});

/** The finding of cdk-nag about that right. */
export const secretsFinding = (stage: Stage): string =>
  `AwsSolutions-IAM5[Resource::${arnOf(stage, '<AWS::Partition>', '<AWS::Region>', '<AWS::AccountId>')}]`;
