/**
 * The direction of dependency (docs/conventions.md, "Layers"), enforced:
 *
 *   npx depcruise functions shared infra state-machines local console bench tests
 *
 * Type imports count: whoever needs another's type depends on it.
 */

/** Tests and what only they use may reach further. */
const test = '\\.test\\.ts$|^shared/testing/|^infra/tests/';
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-cycles', 'What needs each other is one module, or needs a third.', {}, { circular: true }),
    rule('no-unresolved', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    rule(
      'capabilities-apart',
      'Capabilities meet as events, tasks or API contracts, never as imports.',
      { path: '^functions/([^/]+)/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
    ),
    rule(
      'business-knows-no-host',
      'functions and shared run anywhere: they know neither the CDK nor the twin, the console or the benchmarks.',
      { path: '^(functions|shared)/', pathNot: test },
      { path: '^(infra|local|console|bench|tests)/|(^|/)node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    ),
    rule(
      'infra-reads-contracts',
      'Infra derives entry files from contracts; it imports no handler, and no host but in its tests.',
      { path: '^infra/', pathNot: test },
      { path: '^(functions|local|console|bench|tests)/' },
    ),
    rule(
      'shared-knows-no-capability',
      'What is shared rests on nothing that shares it.',
      { path: '^shared/' },
      { path: '^(functions|state-machines)/' },
    ),
    rule(
      'domain-is-pure',
      'The domain knows no SDK, no middleware, no adapter, handler or platform: they come in as ports.',
      { path: '^functions/[^/]+/(domain/|ports\\.ts$)', pathNot: test },
      {
        path: '(^|/)node_modules/(@aws-sdk|@middy|@aws-lambda-powertools|aws-lambda)/|^shared/platform/|^functions/[^/]+/(adapters|handlers)/',
      },
    ),
    rule(
      'model-knows-no-platform',
      'The model is pure: it knows the kernel and the contracts only.',
      { path: '^shared/model/', pathNot: test },
      { path: '^shared/', pathNot: '^shared/(model|kernel|contracts|testing)/' },
    ),
    rule(
      'kernel-rests-on-nothing',
      'The kernel imports nothing of ours and no package but the one that rounds money.',
      { path: '^shared/kernel/', pathNot: test },
      { pathNot: '^shared/kernel/|(^|/)node_modules/big\\.js/', dependencyTypesNot: ['core'] },
    ),
    rule(
      'contracts-are-published',
      'Contracts are read by everybody, so they rest on the kernel and zod only.',
      { path: '^shared/contracts/', pathNot: test },
      { pathNot: '^shared/(contracts|kernel)/|(^|/)node_modules/zod/' },
    ),
    rule(
      'console-sees-contracts-only',
      'The console is a client like any other: it knows what is published.',
      { path: '^console/' },
      { path: '^(functions|shared|infra|local|bench|state-machines|tests)/', pathNot: '^shared/contracts/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.build|cdk\\.out|\\.crossdock|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
