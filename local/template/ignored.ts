const byPolicy = 'read by local/iam, not a thing that runs';
const observed = 'metrics and alarms are read from logs here';

/** Resource types that mean nothing on one machine, each with the reason. A type ending in `*` covers its family. */
export const ignoredTypes: Readonly<Record<string, string>> = {
  'AWS::IAM::*': byPolicy,
  'AWS::Lambda::Permission': 'every part of the twin may invoke a function',
  'AWS::S3::BucketPolicy': 'rights are those of the roles',
  'AWS::SQS::QueuePolicy': 'rules and schedules may send to every queue',
  'AWS::Events::EventBusPolicy': 'there is one account',
  'AWS::Events::Archive': 'events are not replayed here',
  'AWS::Logs::*': 'logs are files below the data folder',
  'AWS::CloudWatch::*': observed,
  'AWS::ApplicationInsights::*': observed,
  'AWS::XRay::*': observed,
  'AWS::Synthetics::*': observed,
  'AWS::SNS::*': 'alarm notifications go nowhere here',
  'AWS::KMS::*': 'nothing is encrypted at rest here',
  'AWS::Backup::*': 'the data folder is not backed up',
  'AWS::Budgets::*': 'nothing is billed here',
  'AWS::ApplicationAutoScaling::*': 'capacity is that of the machine',
  'AWS::CodeDeploy::*': 'a deployment is a restart here',
  'AWS::WAFv2::*': 'the API listens on this machine only',
  'AWS::Route53::*': 'the API is reached by address and port',
  'AWS::CertificateManager::*': 'the API is plain HTTP here',
  'AWS::ApiGatewayV2::DomainName': 'the API is reached by address and port',
  'AWS::ApiGatewayV2::ApiMapping': 'the API is reached by address and port',
  'AWS::ResourceGroups::*': 'a view of the console',
  'AWS::ServiceCatalogAppRegistry::*': 'a view of the console',
  'AWS::CDK::Metadata': 'usage statistics of CDK',
};

/** Why a type is left out on purpose, or `undefined` if it is not. */
export function reasonToIgnore(type: string): string | undefined {
  const family = `${type.split('::').slice(0, 2).join('::')}::*`;
  return ignoredTypes[type] ?? ignoredTypes[family];
}
