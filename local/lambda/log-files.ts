import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { isObject } from '../template/json.ts';
import { invocationErrorPrefix } from './errors.ts';
import { type LogEntry } from './protocol.ts';

/** Writes what functions print to `<directory>/<function>.log` and shows their errors; of a failed invocation only the line that says why. */
export class LogFiles {
  private readonly directory: string;
  private readonly show: (line: string) => void;
  private readonly streams = new Map<string, WriteStream>();

  constructor(directory: string, show: (line: string) => void) {
    this.directory = directory;
    this.show = show;
    mkdirSync(directory, { recursive: true });
  }

  write(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.streamOf(entry.functionName).write(lineOf(entry));
      if (isError(entry)) this.show(`${entry.functionName}: ${shownOf(entry)}`);
    }
  }

  /** Closes all files; settles when everything is written. */
  async close(): Promise<void> {
    await Promise.all([...this.streams.values()].map((stream) => new Promise((resolve) => stream.end(resolve))));
    this.streams.clear();
  }

  private streamOf(functionName: string): WriteStream {
    const known = this.streams.get(functionName);
    if (known) return known;
    const stream = createWriteStream(path.join(this.directory, `${functionName}.log`), { flags: 'a' });
    stream.on('error', (error) => this.show(`Log of ${functionName}: ${error.message}`));
    this.streams.set(functionName, stream);
    return stream;
  }
}

/** Structured lines say when and for which request themselves; plain ones get it in front, as the Lambda runtime does. */
function lineOf({ text, requestId }: LogEntry): string {
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  return text.startsWith('{') ? ended : `${new Date().toISOString()}\t${requestId || 'INIT'}\t${ended}`;
}

function isError({ stream, text }: LogEntry): boolean {
  if (stream !== 'stderr') return false;
  return text.startsWith('{') ? /"level":"(ERROR|CRITICAL)"/.test(text) : true;
}

/** `<error type>: <message>` on one line of a failed invocation, whose trace is in the file; anything else as it is. */
function shownOf({ text }: LogEntry): string {
  const shown = text.trimEnd();
  if (!text.startsWith(invocationErrorPrefix)) return shown;
  const error = parsed(text.slice(invocationErrorPrefix.length));
  if (!isObject(error)) return shown;
  const { errorType, errorMessage } = error;
  if (typeof errorType !== 'string' || typeof errorMessage !== 'string') return shown;
  return `${errorType}: ${errorMessage.replace(/\s+/g, ' ')}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
