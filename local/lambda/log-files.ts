import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { isRefusalCode, refusalStatus } from '../../shared/kernel/refusal.ts';
import { isObject } from '../template/json.ts';
import { invocationErrorPrefix } from './errors.ts';
import { type LogEntry } from './protocol.ts';

/**
 * Writes what functions print to `<directory>/<function>.log` and shows their errors; of a failed invocation only the line that says why. A refusal that a task
 * tells its state machine by name is the way of a process (an order waits for its payment), and stands in the file alone.
 */
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
      if (isError(entry) && !isExpected(entry)) this.show(`${entry.functionName}: ${shownOf(entry)}`);
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

/** A refusal with a name of the closed list, unless it says that something is down. */
function isExpected(entry: LogEntry): boolean {
  const type = failureOf(entry)?.errorType;
  return type !== undefined && isRefusalCode(type) && refusalStatus[type] < 500;
}

/** `<error type>: <message>` on one line of a failed invocation, whose trace is in the file; anything else as it is. */
function shownOf(entry: LogEntry): string {
  const failure = failureOf(entry);
  return failure === undefined
    ? entry.text.trimEnd()
    : `${failure.errorType}: ${failure.errorMessage.replace(/\s+/g, ' ')}`;
}

/** What failed, if the entry is of a failed invocation and whole. */
function failureOf({ text }: LogEntry): { readonly errorType: string; readonly errorMessage: string } | undefined {
  if (!text.startsWith(invocationErrorPrefix)) return undefined;
  const error = parsed(text.slice(invocationErrorPrefix.length));
  if (!isObject(error)) return undefined;
  const { errorType, errorMessage } = error;
  return typeof errorType === 'string' && typeof errorMessage === 'string' ? { errorType, errorMessage } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
