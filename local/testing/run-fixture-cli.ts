import { main } from '../cli/run.ts';
import { fixtureProject } from './fixture-assembly.ts';

/** `npm start` on the fixture app, as a process of its own. */
process.exitCode = await main(process.argv.slice(2), fixtureProject);
