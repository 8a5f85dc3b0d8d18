import { fileURLToPath } from 'node:url';
import { synthesize, type Synthesis, type SynthesisRequest } from '../assembly/synth.ts';

/** The fixture app as a project of its own. */
export const fixtureProject: Omit<SynthesisRequest, 'stage'> = {
  root: fileURLToPath(new URL('fixture/', import.meta.url)),
  sources: ['functions', 'app.ts', 'api.ts', 'process.asl.json', '../../../infra/assets', '../../../package-lock.json'],
  loadApp: async () => (await import('./fixture/app.ts')).buildFixtureApp,
};

/** Synthesizes the fixture app once for all tests. */
export function synthesizeFixture(): Promise<Synthesis> {
  return synthesize({ ...fixtureProject, stage: 'test' });
}
