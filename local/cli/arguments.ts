import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface CliArguments {
  readonly fresh: boolean;
  readonly port: number;
  readonly dataDir: string;
  readonly stage: string;
  /** Values of template parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Opens a demo channel of every type, at which buyers order all the time. */
  readonly demoChannels: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** The text of `--help`. */
export const helpText = `Runs Crossdock on this machine, from the same template and bundles that are deployed.

  npm start -- [options]

  --port <n>     port of the HTTP API (default 3000); the AWS endpoint takes the next free one
  --data <dir>   where everything durable and the logs are kept (default ./.crossdock)
  --fresh        delete the data folder first
  --stage <name> stage of the CDK app to run (default local)
  --parameter <name=value>
                 value of a template parameter, as often as needed: PaymentGatewayUrl, PaymentGatewaySecret
  --demo-channels
                 open a channel of every type, played on this machine, at which buyers order, change and cancel
  --verbose      print how long each phase of the start takes
  --help         this text

  DYNAMODB_ENDPOINT   a DynamoDB that already runs (such as DynamoDB Local), instead of the dynoxide that comes along
`;

/** Reads the command line; throws an Error with a message for the user. */
export function parseCliArguments(args: readonly string[]): CliArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      port: { type: 'string', default: '3000' },
      data: { type: 'string', default: '.crossdock' },
      stage: { type: 'string', default: 'local' },
      parameter: { type: 'string', multiple: true, default: [] },
      'demo-channels': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is not a port`);
  const { fresh, stage, verbose, help } = values;
  const parameters = parametersOf(values.parameter);
  const demoChannels = values['demo-channels'];
  return { fresh, port, dataDir: values.data, stage, parameters, demoChannels, verbose, help };
}

function parametersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text): [string, string] => {
      const at = text.indexOf('=');
      if (at < 1) throw new Error(`--parameter ${text} is not of the form name=value`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
