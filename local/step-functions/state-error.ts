/** An error as the Amazon States Language sees it: a name that Retry and Catch match, and a cause for people. */
export class StateError extends Error {
  /** The error name, such as `OutOfStock` or `States.Timeout`. */
  readonly error: string;
  /** The cause; for a failed Lambda function the JSON text that AWS gives. */
  readonly causeText: string;

  constructor(error: string, causeText = '', options?: ErrorOptions) {
    super(`${error}: ${causeText}`, options);
    this.name = 'StateError';
    this.error = error;
    this.causeText = causeText;
  }
}

/** Unwinds a frame without recording anything: the execution was stopped, a sibling failed, or the twin shuts down. */
export class Suspended extends Error {
  constructor(options?: ErrorOptions) {
    super('suspended', options);
    this.name = 'Suspended';
  }
}

/** What `thrown` is called in the States Language; anything unforeseen is `States.Runtime`. */
export function toStateError(thrown: unknown): StateError {
  if (thrown instanceof StateError) return thrown;
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new StateError('States.Runtime', text, { cause: thrown });
}

/** Never caught by `States.ALL`: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const notCaughtByAll = new Set(['States.Runtime', 'States.DataLimitExceeded']);
const notCaughtByTaskFailed = new Set([
  'States.Timeout',
  'States.HeartbeatTimeout',
  'States.Runtime',
  'States.DataLimitExceeded',
  'States.QueryEvaluationError',
]);

function nameMatches(name: string, error: string): boolean {
  if (name === 'States.ALL') return !notCaughtByAll.has(error);
  if (name === 'States.TaskFailed') return name === error || !notCaughtByTaskFailed.has(error);
  if (name === 'States.Timeout') return error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
  return name === error;
}

/** Whether a Retry or Catch that lists `names` handles `error`. `States.Runtime` always ends the execution. */
export function errorMatches(names: readonly string[], error: string): boolean {
  return error !== 'States.Runtime' && names.some((name) => nameMatches(name, error));
}
