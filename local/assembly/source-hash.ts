import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the cloud assembly is made from, relative to the project's root. */
export const assemblySources = [
  'functions',
  'shared',
  'state-machines',
  'infra',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
];

/** SHA-256 over the names and contents of the files below `sources`; tests and documentation do not count. */
export function hashSources(root: string, sources: readonly string[], salt: string): string {
  const hash = createHash('sha256').update(salt);
  for (const file of sources.flatMap((source) => filesBelow(root, source))) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function filesBelow(root: string, source: string): string[] {
  const absolute = path.join(root, source);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [source];
  return readdirSync(absolute, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && matters(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

function matters(name: string): boolean {
  return !/\.test\.ts$|\.md$|^\.DS_Store$/.test(name);
}
