import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type House } from '../house.ts';
import { acknowledge } from './acknowledge.ts';

/** What a function may do with files. */
export type FileAccess = 'read' | 'write' | 'readWrite';

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
      // CloudFormation deletes no bucket that has something in it.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucketName = this.bucket.bucketName;
    acknowledge(this.bucket, {
      id: 'AwsSolutions-S1',
      reason:
        'Files are read and written by functions and presigned addresses only, which CloudTrail and their own logs show.',
    });
  }

  /** The IAM actions and resources of one kind of access. */
  rights(access: FileAccess): { readonly actions: readonly string[]; readonly resources: string[] } {
    return { actions: actionsOf[access], resources: [this.bucket.arnForObjects('*')] };
  }
}
