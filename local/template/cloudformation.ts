import { type Json, type JsonObject } from '../aws-service.ts';

/** One resource as a CloudFormation template declares it. */
export interface CfnResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Condition?: string;
}

/** One output of a template; exported ones are what `Fn::ImportValue` finds. */
export interface CfnOutput {
  readonly Value: Json;
  readonly Condition?: string;
  readonly Export?: { readonly Name: Json };
}

/** The parts of a CloudFormation template that the twin reads. */
export interface CfnTemplate {
  readonly Resources: Readonly<Record<string, CfnResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: Json }>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly Outputs?: Readonly<Record<string, CfnOutput>>;
}

/** A template with the stack's name and the folder that holds its assets. */
export interface StackTemplate {
  readonly stackName: string;
  readonly template: CfnTemplate;
  readonly assetsDir: string;
}

/** What stands in for the account when templates are resolved on this machine. */
export interface LocalAccount {
  readonly accountId: string;
  readonly region: string;
  /** Base URL of the HTTP API, without a closing slash. */
  readonly apiUrl: string;
  /** Base URL of the AWS endpoint, without a closing slash; queue URLs start with it. */
  readonly awsUrl: string;
  /** Values for template parameters without a default, or instead of it. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A resource with everything resolved. */
export interface DeployedResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** Physical name: the explicit one, else `<stack>-<logical id>`. */
  readonly name: string;
  readonly arn: string;
  readonly properties: JsonObject;
  readonly assetsDir: string;
}

/** The whole app, resolved: what the twin wires up. */
export interface DeployedApp {
  readonly resources: readonly DeployedResource[];
  /** Outputs of all stacks as `<stack>.<output>`. */
  readonly outputs: Readonly<Record<string, string>>;
}
