import path from 'node:path';
import { type JsonObject } from '../aws-service.ts';
import { readJson } from './assets.ts';
import { type CfnTemplate, type StackTemplate } from './cloudformation.ts';
import { asObject, asString } from './json.ts';

/** Reads all stacks of a synthesized cloud assembly (`cdk.out`), those of its stages included. */
export function loadAssembly(directory: string): StackTemplate[] {
  const manifest = asObject(readJson(path.join(directory, 'manifest.json')), 'manifest.json');
  const artifacts = Object.entries(asObject(manifest['artifacts'] ?? {}, 'artifacts'));
  return artifacts.flatMap(([id, artifact]) => stacksOf(directory, id, asObject(artifact, id)));
}

function stacksOf(directory: string, id: string, artifact: JsonObject): StackTemplate[] {
  if (artifact['type'] !== 'aws:cloudformation:stack' && artifact['type'] !== 'cdk:cloud-assembly') return [];
  const properties = asObject(artifact['properties'], `${id}.properties`);
  if (artifact['type'] === 'cdk:cloud-assembly') {
    return loadAssembly(path.join(directory, asString(properties['directoryName'], `${id}.directoryName`)));
  }
  const file = path.join(directory, asString(properties['templateFile'], `${id}.templateFile`));
  const stackName = typeof properties['stackName'] === 'string' ? properties['stackName'] : id;
  return [{ stackName, template: asTemplate(readJson(file), file), assetsDir: path.dirname(file) }];
}

function asTemplate(value: unknown, file: string): CfnTemplate {
  const template = asObject(value, file);
  for (const [id, resource] of Object.entries(asObject(template['Resources'] ?? {}, `${file} Resources`))) {
    asString(asObject(resource, id)['Type'], `${id}.Type`);
  }
  return { Resources: {}, ...template };
}
