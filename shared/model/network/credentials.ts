import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../kernel/json.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { plusSeconds } from '../../kernel/time.ts';

/** A secret that signs webhooks. Times are RFC 3339 in UTC with milliseconds. */
export interface SigningSecret {
  readonly value: string;
  /** When it became the one that signs. */
  readonly addedAt: string;
  /** From when on it is over; absent for the newest. */
  readonly until?: string;
}

/** What a channel and Crossdock know each other by. Kept in Secrets Manager, and nowhere else. */
export interface ChannelCredentials {
  /** Newest first: all that are not over are accepted, the newest signs. */
  readonly signing: readonly SigningSecret[];
  /** By name: accessToken, clientId, clientSecret, refreshToken, consumerKey… */
  readonly values: Readonly<Record<string, string>>;
  /** When each of the values became what it is. */
  readonly since?: Readonly<Record<string, string>>;
  /** Random text that fingerprints of requests are keyed with; made when credentials are written first. */
  readonly fingerprintKey?: string;
}

/** A channel that was given nothing yet. */
export const noCredentials: ChannelCredentials = { signing: [], values: {} };

/** The most signing secrets that a channel may have at once: each forged webhook is compared with all of them. */
export const maximumSigningSecrets = 5;

/** A secret of Secrets Manager holds 65,536 characters; the rest is room for its key. */
const maximumBytes = 65_000;

/** How long a secret is accepted beside its successor where nothing else is said: a day, longer than most channels deliver again. */
export const usualOverlapSeconds = 86_400;

/** Whether a secret is accepted at a time. */
export const isAccepted =
  (now: string) =>
  ({ until }: SigningSecret): boolean =>
    until === undefined || until > now;

/** The signing secrets that are accepted at a time, newest first. */
export const acceptedSecrets = ({ signing }: ChannelCredentials, now: string): readonly string[] =>
  signing.filter(isAccepted(now)).map(({ value }) => value);

/**
 * Makes a secret the newest. Every other ends after the overlap, or earlier where that was said before; with an overlap of 0, at once.
 * The newest once more changes nothing but that; an older one becomes the newest again. What is over is left out.
 * @param overlapSeconds how long the others are accepted from now on
 */
export function rotated(
  credentials: ChannelCredentials,
  newSigning: string,
  now: string,
  overlapSeconds: number,
): ChannelCredentials {
  const end = plusSeconds(now, overlapSeconds);
  const [newest] = credentials.signing;
  const first = newest?.value === newSigning ? newest : { value: newSigning, addedAt: now };
  const others = credentials.signing
    .filter(({ value }) => value !== newSigning)
    .map((one) => ({ ...one, until: one.until !== undefined && one.until < end ? one.until : end }));
  return { ...credentials, signing: [first, ...others.filter(isAccepted(now))] };
}

/** Adds values, or replaces those of the same names; `null` takes one away. */
export function withValues(credentials: ChannelCredentials, values: GivenValues, now: string): ChannelCredentials {
  const changed = Object.entries(values).filter(([name, value]) => (credentials.values[name] ?? null) !== value);
  if (changed.length === 0) return credentials;
  const isLeft = ([name]: [string, unknown]): boolean => values[name] !== null;
  const since = { ...credentials.since, ...Object.fromEntries(changed.map(([name]) => [name, now])) };
  const all = { ...credentials.values, ...stringsOf(values) };
  return {
    ...credentials,
    values: Object.fromEntries(Object.entries(all).filter(isLeft)),
    since: Object.fromEntries(Object.entries(since).filter(isLeft)),
  };
}

const stringsOf = (values: GivenValues): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));

/** Values by name; `null` for one that is to go. */
export type GivenValues = Readonly<Record<string, string | null>>;

/** What a channel is given. */
export interface GivenCredentials {
  /** The secret that is to sign from now on. */
  readonly signing?: string | undefined;
  /** How long the ones before it are accepted; a day where it is not said. */
  readonly overlapSeconds?: number | undefined;
  readonly values?: GivenValues | undefined;
}

/** Makes one change of a channel's credentials, again when another came in between, and answers them as they are then. */
export type ChangeCredentials = (
  channelId: string,
  change: (present: ChannelCredentials) => Result<ChannelCredentials>,
) => Promise<Result<ChannelCredentials>>;

/**
 * A channel's credentials with what it is given.
 * Refusal: `limit-exceeded` for more than five signing secrets at once, or more text than a secret holds.
 */
export function changedCredentials(
  present: ChannelCredentials,
  { signing, overlapSeconds = usualOverlapSeconds, values = {} }: GivenCredentials,
  now: string,
): Result<ChannelCredentials> {
  const signed = signing === undefined ? present : rotated(present, signing, now, overlapSeconds);
  if (signed.signing.length > maximumSigningSecrets) {
    const nextEnd = signed.signing.flatMap(({ until }) => until ?? []).sort()[0];
    return refuse(
      'limit-exceeded',
      `A channel has at most ${maximumSigningSecrets} signing secrets at once, and the next one ends ${nextEnd}. Wait for that, or end them earlier with a smaller overlapSeconds.`,
      { facts: { maximumSigningSecrets, nextEnd } },
    );
  }
  const changed = withValues(signed, values, now);
  const bytes = Buffer.byteLength(JSON.stringify(changed));
  return bytes <= maximumBytes
    ? ok(changed)
    : refuse(
        'limit-exceeded',
        `The credentials would have ${bytes} bytes in all, and ${maximumBytes} is the most that is kept of a channel.`,
        { facts: { maximumBytes } },
      );
}

/** Whether two are the same, so that nothing is to be written. */
export const sameCredentials = (one: ChannelCredentials, other: ChannelCredentials): boolean =>
  canonicalJson(one) === canonicalJson(other);

/**
 * A fingerprint of a request with secrets in it. The plain hash of a short secret is found by trying; this one only by who has the key,
 * which lies with the secrets.
 */
export const fingerprint = ({ fingerprintKey = '' }: ChannelCredentials, text: string): string =>
  createHmac('sha256', fingerprintKey).update(text).digest('hex');
