import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface AuditArguments {
  readonly stage: string;
  /** The twin's data folder; absent: the tables of AWS. */
  readonly dataDir?: string;
  /** A DynamoDB that runs somewhere. */
  readonly endpoint?: string;
  readonly repair: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** The text of `--help`. */
export const helpText = `Checks whether the books agree with themselves: every identity of stock and orders, over everything there is.

  npm run audit -- [options]

  --data <dir>       the twin's data folder, running or not (default ./.crossdock)
  --endpoint <url>   a DynamoDB that runs elsewhere
  --aws              the tables of AWS, with the credentials and the region of the environment
  --stage <name>     stage whose tables are read (default local)
  --repair           put right what can be: derived counters, never physical counts; each repair is in the ledger
  --json             print one JSON document instead of words
  --help             this text

  Exit code: 0 when every identity holds (after repairs, if asked for), 1 when there are findings or not everything was looked at.
`;

/** Reads the command line; throws an Error with a message for the user. */
export function parseAuditArguments(args: readonly string[]): AuditArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stage: { type: 'string', default: 'local' },
      data: { type: 'string', default: '.crossdock' },
      endpoint: { type: 'string' },
      aws: { type: 'boolean', default: false },
      repair: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { stage, data, endpoint, aws, repair, json, help } = values;
  if (aws && endpoint !== undefined) throw new Error('--aws and --endpoint name two places: choose one');
  return {
    stage,
    ...(!aws && endpoint === undefined && { dataDir: data }),
    ...(endpoint !== undefined && { endpoint }),
    repair,
    json,
    help,
  };
}
