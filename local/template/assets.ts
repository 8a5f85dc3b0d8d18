import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Json } from '../aws-service.ts';
import { type DeployedResource } from './cloudformation.ts';
import { asObject, asString, isObject, parseJson } from './json.ts';

/** The folder that holds a function's code: `Code.S3Key` `<hash>.zip` is `asset.<hash>/` of the assembly. */
export function codeDirectoryOf({ properties, assetsDir, logicalId }: DeployedResource): string {
  const code = asObject(properties['Code'], `${logicalId}.Code`);
  const hash = asString(code['S3Key'], `${logicalId}.Code.S3Key`).replace(/\.zip$/, '');
  return existingAsset(path.join(assetsDir, `asset.${path.basename(hash)}`), logicalId);
}

/** A state machine's definition with its substitutions filled in, as text. */
export function definitionOf({ properties, assetsDir, logicalId }: DeployedResource): string {
  const text = rawDefinition(properties, assetsDir, logicalId);
  const substitutions = properties['DefinitionSubstitutions'];
  return isObject(substitutions) ? substitute(text, substitutions) : text;
}

function rawDefinition(properties: DeployedResource['properties'], assetsDir: string, logicalId: string): string {
  const inline = properties['DefinitionString'];
  if (typeof inline === 'string') return inline;
  if (isObject(properties['Definition'])) return JSON.stringify(properties['Definition']);
  const location = asObject(properties['DefinitionS3Location'], `${logicalId}.DefinitionS3Location`);
  const key = path.basename(asString(location['Key'], `${logicalId}.DefinitionS3Location.Key`));
  return readFileSync(existingAsset(path.join(assetsDir, `asset.${key}`), logicalId), 'utf8');
}

/** Fills `${Name}` in; text lands inside JSON strings, so it is escaped as one. */
function substitute(definition: string, values: Readonly<Record<string, Json | undefined>>): string {
  return definition.replace(/\$\{([A-Za-z0-9_.-]+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
  });
}

function existingAsset(file: string, logicalId: string): string {
  if (!existsSync(file)) throw new Error(`${logicalId}: its asset ${file} is missing; synthesize the app again`);
  return file;
}

/** Reads a JSON file. */
export function readJson(file: string): Json {
  return parseJson(readFileSync(file, 'utf8'));
}
