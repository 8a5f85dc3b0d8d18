import { type DeployedResource, type LocalAccount } from '../template/cloudformation.ts';
import { loadAssembly } from '../template/load.ts';
import { resolveApp } from '../template/resolver.ts';
import { synthesizeFixture } from './fixture-assembly.ts';

/** A local account for tests. */
export const testAccount: LocalAccount = {
  accountId: '000000000000',
  region: 'us-east-1',
  apiUrl: 'http://127.0.0.1:3000',
  awsUrl: 'http://127.0.0.1:3001',
};

/** The fixture app's resources, resolved. */
export async function fixtureResources(): Promise<readonly DeployedResource[]> {
  const { directory } = await synthesizeFixture();
  return resolveApp(loadAssembly(directory), testAccount).resources;
}
