import { type Json } from '../aws-service.ts';
import { type DeployedResource } from './cloudformation.ts';
import { reasonToIgnore } from './ignored.ts';
import { isObject, listOf } from './json.ts';
import { supportedTypes, type Understood } from './resources.ts';

/**
 * Keeps the resources that the twin runs and leaves out those it ignores on purpose.
 * Throws one error that names every type and property that it does not understand, with its stack and logical id.
 */
export function supportedResources(resources: readonly DeployedResource[]): DeployedResource[] {
  const complaints = resources.flatMap(complaintsAbout);
  if (complaints.length > 0) {
    throw new Error(`The local twin does not understand the template:\n- ${complaints.join('\n- ')}`);
  }
  return resources.filter(({ type }) => type in supportedTypes);
}

function complaintsAbout(resource: DeployedResource): string[] {
  const where = `${resource.stackName}/${resource.logicalId}`;
  const understood = supportedTypes[resource.type];
  if (understood)
    return unknownProperties(resource, understood).map((path) => `${where} (${resource.type}): property ${path}`);
  return reasonToIgnore(resource.type) === undefined ? [`${where}: resource type ${resource.type}`] : [];
}

function unknownProperties({ properties }: DeployedResource, understood: Understood): string[] {
  const known = new Set([...understood.properties, ...(understood.ignored ?? [])]);
  const unknown = Object.keys(properties).filter((name) => !known.has(name));
  const inside = Object.entries(understood.inside ?? {}).flatMap(([name, keys]) =>
    unknownInside(name, properties[name], keys),
  );
  return [...unknown, ...inside];
}

function unknownInside(name: string, value: Json | undefined, keys: readonly string[]): string[] {
  const objects = listOf(value).filter(isObject);
  const unknown = objects.flatMap((object) => Object.keys(object).filter((key) => !keys.includes(key)));
  return [...new Set(unknown)].map((key) => `${name}.${key}`);
}
