/** Tells the time; passed in, so that a test can hold it. */
export interface Clock {
  /** Now, as RFC 3339 in UTC with milliseconds. */
  now(): string;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/** Adds seconds to an RFC 3339 time. */
export const plusSeconds = (time: string, seconds: number): string =>
  new Date(Date.parse(time) + seconds * 1000).toISOString();
