import { expect, it } from 'vitest';
import * as z from 'zod';
import { apiContracts, taskContracts } from '../../shared/contracts/catalog.ts';
import { httpApiConfigOf } from '../../local/api-gateway/config.ts';
import { projectRoot } from '../app.ts';
import { entryPoints } from '../assets/entry-points.ts';
import { kebab } from '../contracts.ts';
import { placeholdersOf } from '../constructs/workflow.ts';
import { functionsOf } from './read.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize('dev');
const api = httpApiConfigOf(app.resources);

it('has exactly the routes that contracts declare', () => {
  const declared = apiContracts.map(({ method, path }) => `${method} ${path}`).sort();
  expect(api?.routes.map(({ key }) => key).sort()).toEqual(declared);
});

it.each(apiContracts.map((contract) => [contract.id, contract] as const))(
  '%s goes to its function and asks who calls',
  (id, contract) => {
    const route = api?.routes.find(({ key }) => key === `${contract.method} ${contract.path}`);
    expect(route?.functionName).toBe(`crossdock-dev-${contract.capability}-${kebab(id)}`);
    expect(route?.authorizer?.functionName).toBe(
      contract.scope === 'public' ? undefined : 'crossdock-dev-access-authorize',
    );
  },
);

it('has one authorizer that is asked with the header that keys come in', () => {
  const [authorizer, ...others] = new Set(
    api?.routes.flatMap((route) => (route.authorizer ? [JSON.stringify(route.authorizer)] : [])),
  );
  expect(others).toEqual([]);
  expect(JSON.parse(authorizer ?? '{}')).toMatchObject({
    identitySources: ['$request.header.Authorization'],
    ttlSeconds: 300,
    simpleResponses: true,
  });
});

it('deploys every entry file, and none that is not there', () => {
  expect([...app.entries].sort()).toEqual(entryPoints(projectRoot));
});

it('deploys a function for every task', () => {
  const names = functionsOf(app).map(({ FunctionName }) => FunctionName);
  for (const { name, capability } of taskContracts)
    expect(names).toContain(`crossdock-dev-${capability}-${kebab(name)}`);
});

it('fills every placeholder of every process, and lets it invoke those functions and no others', () => {
  const substitutions = z.object({ DefinitionSubstitutions: z.record(z.string(), z.string()) });
  for (const machine of app.of('AWS::StepFunctions::StateMachine')) {
    const { DefinitionSubstitutions: filled } = substitutions.parse(machine.properties);
    for (const [name, arn] of Object.entries(filled)) expect(arn.endsWith(`-${kebab(name)}`)).toBe(true);
  }
  expect(placeholdersOf('"${routeOrder}" {% $x %} "${awaitOrder}" "${routeOrder}"')).toEqual([
    'routeOrder',
    'awaitOrder',
  ]);
});
