import { startTwin } from '../twin.ts';
import { synthesizeFixture } from './fixture-assembly.ts';

/** Runs the fixture app as a process of its own, for tests that kill it; prints where it is, and ends when it is asked to. */
const [dataDir = ''] = process.argv.slice(2);
const { directory } = await synthesizeFixture();
const twin = await startTwin({ assembly: directory, dataDir, answersApart: true });
process.stdout.write(`${JSON.stringify({ apiUrl: twin.apiUrl, pids: twin.pids })}\n`);
process.once('SIGTERM', () => void twin.stop().then(() => process.exit(0)));
