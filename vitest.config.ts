import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const pure = ['shared/**/*.test.ts', 'functions/**/*.test.ts', 'state-machines/**/*.test.ts'];
/** What stands between pure code and the world: these put doubles in the place of clients and of the environment. */
const edges = ['functions/*/{adapters,handlers}/**/*.test.ts', 'shared/platform/**/*.test.ts'];
/** Twins at a time: one has a few processes of its own, none of them busy all the time. */
const twins = Math.max(2, Math.floor(availableParallelism() / 2));
const ignored = ['node_modules/**', 'cdk.out/**', '.build/**', '.crossdock/**'];

/**
 * Three rings: pure code and its edges in seconds, the local parts on their own, and the whole local twin, on journeys and on trial (crowds, crashes, bad
 * requests, corrupted tables).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: pure,
          exclude: [...ignored, ...edges],
          // Pure code shares nothing, so each file need not load every module anew: a third of the time.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      { test: { name: 'edges', include: edges, exclude: ignored, testTimeout: 30_000 } },
      {
        test: {
          name: 'platform',
          include: ['infra/**/*.test.ts', 'local/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/{journeys,documentation}/**/*.test.ts'],
          exclude: ignored,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: twins,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'trials',
          include: ['tests/{audit,concurrency,contracts,crash,model,refusals}/**/*.test.ts'],
          exclude: ignored,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: twins,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
