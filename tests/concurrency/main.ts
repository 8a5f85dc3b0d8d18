import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const usage = `npm run concurrency -- [--url <address> --key <API key>]

Has many do the same at once against a running Crossdock and checks that nothing was oversold, leaked or done twice.
Without --url it starts its own on this machine, and then again with a DynamoDB that throttles, conflicts and loses answers.
It works in pools, locations, channels and SKUs of its own; the books are audited as a whole.`;

/** `npm run concurrency`: the suite as a command, pointable at any Crossdock. */
function main(): number {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean' } },
  });
  const { url, key, help } = values;
  if (help === true || (url === undefined) !== (key === undefined)) {
    console.log(usage);
    return help === true ? 0 : 2;
  }
  const root = path.resolve(import.meta.dirname, '../..');
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'journeys', 'tests/concurrency'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...(url !== undefined && { CROSSDOCK_URL: url, CROSSDOCK_API_KEY: key }) },
    },
  );
  return status ?? 1;
}

process.exitCode = main();
