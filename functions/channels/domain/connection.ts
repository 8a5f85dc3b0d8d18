import { type Result } from '../../../shared/kernel/result.ts';
import { type Channel } from '../../../shared/model/network/network.ts';

/** One call to a channel's API. `operation` names the rate limit that it counts against (`Connector.limits`). */
export interface ChannelCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a channel's API answered; header names in lower case. */
export interface ChannelAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A token of a channel's API, as it was minted. */
export interface Token {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** A channel with what is needed to speak to it. */
export interface Connection {
  readonly channel: Channel;
  readonly credentials: {
    /** Secrets that sign webhooks, the newest first; a signature by any of them is good. */
    readonly signing: readonly string[];
    /** By the names that the channel's type declares. */
    readonly values: Readonly<Record<string, string>>;
  };
  readonly now: () => string;
  /**
   * Calls the channel's API within its limits, which all invocations share. Any answer below 500 but 429 is the caller's to judge.
   * Refusal: `provider-unavailable` for no answer, 429, 5xx, or a limit that is used up; `facts.retryAfterSeconds` says when to try again,
   * `facts.unsent` that there was not even a connection: the channel has carried nothing out.
   */
  readonly call: (call: ChannelCall) => Promise<Result<ChannelAnswer>>;
  /** A token that is kept until it is nearly over; `mint` makes a new one. */
  readonly token: (name: string, mint: () => Promise<Result<Token>>) => Promise<Result<string>>;
  /** Forgets a token that the channel refused. */
  readonly forgetToken: (name: string) => void;
  /** Keeps credentials that the channel has given new ones of (a refresh token that is used once). */
  readonly keep: (values: Readonly<Record<string, string>>) => Promise<void>;
}
