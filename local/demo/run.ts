import { parseArgs } from 'node:util';
import { untilInterrupted } from '../cli/interruption.ts';
import { type Paper, terminal } from './paper.ts';
import { type Server, type ServerOptions, findOrStartServer } from './server.ts';
import { tellDemo } from './story.ts';
import { StoryBroken, Teller } from './teller.ts';

/** The text of `--help`. */
export const helpText = `Tells the story of one order on the terminal: stock, two channels, routing, a rejection, a parcel, a return.

  npm run demo -- [options]

  --url <url>    a server that runs on this machine (default http://127.0.0.1:3000; if none answers, an own one is started)
  --key <key>    its API key (default: what ./.crossdock/api-key holds)
  --help         this text

Exit code 0 only if every expectation of the story held. Every run uses new names, so it may be told again and again.
`;

/** `npm run demo`. Gives the exit code. */
export async function main(args: readonly string[], paper: Paper = terminal()): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { url: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) {
      paper.write(helpText);
      return 0;
    }
    mustBeHere(values.url);
    return await onServer({ url: values.url, key: values.key, say: paper.write }, paper);
  } catch (error) {
    paper.write(paper.look('red', error instanceof Error ? error.message : String(error)));
    return 1;
  }
}

/** The shops of the story run in this process, so the server must be able to reach it. */
function mustBeHere(url: string | undefined): void {
  if (url !== undefined && !URL.canParse(url))
    throw new Error(`--url ${url} is no URL; one looks like http://127.0.0.1:3000`);
  if (url === undefined || /^(localhost|127\..+|\[::1\])$/.test(new URL(url).hostname)) return;
  throw new Error(
    `The demo plays the shops on this machine, and ${url} could not reach them. Run it beside the server.`,
  );
}

async function onServer(options: ServerOptions, paper: Paper): Promise<number> {
  const interrupted = { yes: false };
  const interruption = untilInterrupted().then(() => {
    interrupted.yes = true;
    return 130;
  });
  const starting = findOrStartServer(options);
  const telling = starting.then((server) => tell(server, paper, interrupted));
  const code = await Promise.race([telling, interruption]);
  await (await starting).stop();
  return code;
}

async function tell(server: Server, paper: Paper, interrupted: { readonly yes: boolean }): Promise<number> {
  const teller = new Teller(paper);
  const started = performance.now();
  paper.write(
    paper.look('dim', `Server: ${server.url}${server.own ? ' (started for this story, gone after it)' : ''}`),
  );
  try {
    await tellDemo(server, teller);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    paper.write('');
    paper.write(paper.look('green', `Every one of ${teller.expectations} expectations held. ${seconds} s.`));
    return 0;
  } catch (error) {
    if (!interrupted.yes) writeFailure(error, server, paper);
    return 1;
  }
}

function writeFailure(error: unknown, { complaints }: Server, paper: Paper): void {
  const text =
    error instanceof StoryBroken
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `\nbecause: ${error.cause.message}` : '';
  paper.write('');
  paper.write(paper.look('red', `The story broke: ${text}${cause}`));
  for (const line of complaints.slice(-10)) paper.write(paper.look('dim', line));
}
