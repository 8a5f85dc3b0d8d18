import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface ReplayArguments {
  readonly folder: string;
  /** Orders to replay, the oldest first; all of them by default. */
  readonly limit: number;
  /** Parallel clients. */
  readonly clients: number;
  /** Stock received before the first order, as a share of what all orders together need. */
  readonly stock: number;
  readonly url?: string;
  readonly key?: string;
  readonly help: boolean;
}

/** The text of `--help`. */
export const helpText = `Replays real orders through the API: sellers as locations, stock received first, then every order in the order of purchase.

  npm run replay -- olist <folder> [options]

  folder           the CSV files of the Olist data set, gzipped or not
  --limit <n>      only the first n orders
  --stock <share>  stock, as a share of what all orders need (default 1.0; with 0.9 some are refused)
  --clients <n>    parallel clients (default 16)
  --url <url>      a server that runs (default http://127.0.0.1:3000; if none answers, an own one is started)
  --key <key>      its API key (default: what ./.crossdock/api-key holds)
  --help           this text

Exit code 0 only if nothing was oversold, every stock identity holds, and every accepted order is routed or says why not.
`;

/** Reads the command line. @throws Error with a message for the user */
export function parseReplayArguments(args: readonly string[]): ReplayArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      limit: { type: 'string', default: 'Infinity' },
      stock: { type: 'string', default: '1.0' },
      clients: { type: 'string', default: '16' },
      url: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [what, folder = '', ...more] = positionals;
  const named = what === 'olist' && folder !== '' && more.length === 0;
  if (!named && !values.help) throw new Error(`Say: npm run replay -- olist <folder>\n\n${helpText}`);
  if (values.url !== undefined && !URL.canParse(values.url))
    throw new Error(`--url ${values.url} is no URL; one looks like http://127.0.0.1:3000`);
  return {
    folder,
    limit: numberOf('limit', values.limit, 1),
    clients: numberOf('clients', values.clients, 1),
    stock: numberOf('stock', values.stock, 0),
    help: values.help,
    ...(values.url !== undefined && { url: values.url }),
    ...(values.key !== undefined && { key: values.key }),
  };
}

function numberOf(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number) || number < least)
    throw new Error(`--${name} ${text} is no number of at least ${least}`);
  return number;
}
