import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type House } from '../house.ts';
import { acknowledge } from './acknowledge.ts';

/** What a function may do with files. */
export type FileAccess = 'read' | 'write' | 'readWrite';

/** Without the right to list, S3 answers 403 for an object that is not there, as if it were forbidden. */
const listing = ['s3:ListBucket'];
const reading = ['s3:GetObject'];
const writing = ['s3:PutObject'];
const actionsOf: Readonly<Record<FileAccess, readonly string[]>> = {
  read: reading,
  write: writing,
  readWrite: [...reading, ...writing],
};
/** Files are in the books once they were read; what is kept is for people who look back. */
const keptDays = 90;

/** Files that come and go by presigned addresses: snapshots and their reports. Private, encrypted, TLS only, and gone after 90 days. */
export class FileStore extends Construct {
  readonly bucketName: string;
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: House) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      // Names of buckets are taken worldwide.
      bucketName: stage.named('files', Aws.ACCOUNT_ID, Aws.REGION),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(keptDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: stage.removalPolicy,
    });
    this.bucketName = this.bucket.bucketName;
    acknowledge(this.bucket, {
      id: 'AwsSolutions-S1',
      reason:
        'Files are read and written by functions and presigned addresses only, which CloudTrail and their own logs show.',
    });
  }

  /** The finding of cdk-nag about a right to all objects. */
  get wildcardFinding(): string {
    const { defaultChild } = this.bucket.node;
    const id = defaultChild instanceof CfnBucket ? Stack.of(this).getLogicalId(defaultChild) : '';
    return `AwsSolutions-IAM5[Resource::<${id}.Arn>/*]`;
  }

  /** The IAM statements of one kind of access. */
  rights(access: FileAccess): readonly { readonly actions: readonly string[]; readonly resources: string[] }[] {
    const objects = { actions: actionsOf[access], resources: [this.bucket.arnForObjects('*')] };
    const names = { actions: listing, resources: [this.bucket.bucketArn] };
    return access === 'write' ? [objects] : [objects, names];
  }
}
