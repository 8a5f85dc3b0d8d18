import { type Json } from '../aws-service.ts';
import {
  type CfnResource,
  type DeployedApp,
  type DeployedResource,
  type LocalAccount,
  type StackTemplate,
} from './cloudformation.ts';
import { evaluateCondition } from './conditions.ts';
import { arnOf, attributeOf, namePropertyOf, refOf, type Named } from './identity.ts';
import { conditionScope, resolve, type Scope } from './intrinsics.ts';
import { asObject, asString } from './json.ts';

type Exports = ReadonlyMap<string, () => Json>;

/**
 * Resolves the stacks of one app: names, references within and across stacks, conditions and outputs.
 * Throws, naming stack and logical id, where a template uses something that has no local meaning.
 */
export function resolveApp(stacks: readonly StackTemplate[], account: LocalAccount): DeployedApp {
  const exports = new Map<string, () => Json>();
  const resolvers = stacks.map((stack) => new StackResolver(stack, account, exports));
  for (const resolver of resolvers) resolver.addExports(exports);
  const resources = resolvers.flatMap((resolver) => resolver.resources());
  const outputs = Object.fromEntries(resolvers.flatMap((resolver) => resolver.outputs()));
  return { resources, outputs };
}

class StackResolver {
  private readonly stack: StackTemplate;
  private readonly account: LocalAccount;
  private readonly scope: Scope;
  private readonly names = new Map<string, Named>();

  constructor(stack: StackTemplate, account: LocalAccount, exports: Exports) {
    this.stack = stack;
    this.account = account;
    this.scope = {
      template: stack.template,
      availabilityZones: [`${account.region}a`, `${account.region}b`],
      ref: (id) => this.ref(id),
      attribute: (id, attribute) => attributeOf(this.named(id), attribute, account),
      importValue: (name) => importedFrom(exports, name),
      localize: (text) => this.localize(text),
    };
  }

  addExports(exports: Map<string, () => Json>): void {
    for (const { Export, Value } of this.liveOutputs().map(([, output]) => output)) {
      if (!Export) continue;
      exports.set(asString(resolve(Export.Name, this.scope), 'Export.Name'), () => resolve(Value, this.scope) ?? null);
    }
  }

  resources(): DeployedResource[] {
    return Object.entries(this.stack.template.Resources)
      .filter(([, resource]) => this.exists(resource.Condition))
      .map(([logicalId, resource]) => this.deployed(logicalId, resource));
  }

  outputs(): [string, string][] {
    // CDK makes an output of its own for each reference from another stack.
    const own = this.liveOutputs().filter(([id]) => !id.startsWith('ExportsOutput'));
    return own.map(([id, { Value }]) => {
      const value = resolve(Value, this.scope);
      return [`${this.stack.stackName}.${id}`, typeof value === 'string' ? value : JSON.stringify(value)];
    });
  }

  private liveOutputs() {
    return Object.entries(this.stack.template.Outputs ?? {}).filter(([, output]) => this.exists(output.Condition));
  }

  private exists(condition: string | undefined): boolean {
    return condition === undefined || evaluateCondition(condition, conditionScope(this.scope));
  }

  private deployed(logicalId: string, resource: CfnResource): DeployedResource {
    const { stackName, assetsDir } = this.stack;
    try {
      const named = this.named(logicalId);
      const properties = asObject(resolve(resource.Properties ?? {}, this.scope), 'Properties');
      const arn = arnOf(named, this.account);
      return { stackName, logicalId, type: resource.Type, name: named.name, arn, properties, assetsDir };
    } catch (error) {
      throw new Error(`${stackName}/${logicalId} (${resource.Type}): ${messageOf(error)}`, { cause: error });
    }
  }

  private named(logicalId: string): Named {
    const known = this.names.get(logicalId);
    if (known) return known;
    const resource = this.stack.template.Resources[logicalId];
    if (!resource) throw new Error(`Refers to ${logicalId}, which is not in the template`);
    const named = this.nameOf(logicalId, resource);
    this.names.set(logicalId, named);
    return named;
  }

  private nameOf(logicalId: string, { Type: type, Properties: properties = {} }: CfnResource): Named {
    const nameProperty = namePropertyOf(type);
    const explicit = nameProperty === undefined ? undefined : resolve(properties[nameProperty], this.scope);
    const suffix = type === 'AWS::SQS::Queue' && properties['FifoQueue'] === true ? '.fifo' : '';
    const name = explicit === undefined ? `${this.stack.stackName}-${logicalId}${suffix}` : asString(explicit, 'Name');
    const parent = resolve(properties['EventBusName'] ?? properties['GroupName'], this.scope);
    const isChild = type === 'AWS::Events::Rule' || type === 'AWS::Scheduler::Schedule';
    return isChild && typeof parent === 'string' ? { type, name, parent: lastSegment(parent) } : { type, name };
  }

  private ref(id: string): Json | undefined {
    if (id.startsWith('AWS::')) return this.pseudo(id);
    const parameter = this.stack.template.Parameters?.[id];
    if (!parameter) return refOf(this.named(id), this.account);
    const value = this.account.parameters?.[id] ?? parameter.Default;
    if (value === undefined) throw new Error(`Parameter ${id} of ${this.stack.stackName} has no value`);
    return value;
  }

  private pseudo(name: string): Json | undefined {
    const { accountId, region } = this.account;
    const values: Record<string, Json | undefined> = {
      'AWS::Region': region,
      'AWS::AccountId': accountId,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.stack.stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${this.stack.stackName}/local`,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': undefined,
    };
    if (!(name in values)) throw new Error(`Pseudo parameter ${name} is not supported by the twin`);
    return values[name];
  }

  /** CDK writes an API's address as `https://<id>.execute-api.<region>.<suffix>`; here it has another one. */
  private localize(text: string): string {
    if (!text.includes('.execute-api.')) return text;
    return text.replace(/https:\/\/[^./]+\.execute-api\.[^/]+/g, this.account.apiUrl);
  }
}

function importedFrom(exports: Exports, name: string): Json {
  const value = exports.get(name);
  if (!value) throw new Error(`Fn::ImportValue ${name}: no stack of this app exports it`);
  return value();
}

function lastSegment(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
