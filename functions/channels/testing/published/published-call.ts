/**
 * What a channel has published of the body of one of its calls: a schema, requests, or, where there is no request, the same resource as the channel
 * answers it. What none of these has, is documented at an address; a call that has only that is one without a schema or an example.
 */
export interface PublishedCall {
  /** `METHOD /path`, with `{}` for a part that is an id; of GraphQL `GRAPHQL field`. */
  readonly call: string;
  /** A JSON schema among the real inputs. */
  readonly schema?: string;
  /** What the schema is of, where the body is a part of it. */
  readonly within?: (body: unknown) => unknown;
  /** Requests among the real inputs: a file, or `file#heading` of a page. */
  readonly requests?: readonly string[];
  /** True where recorded conversations in GraphQL have the mutation. */
  readonly recorded?: true;
  /** Answers among the real inputs that are the same resource. */
  readonly answers?: readonly string[];
  /** Where the rest is documented, and a body that has each field of it that we use; no body where the call has none. */
  readonly documented?: { readonly source: string; readonly body?: unknown };
}

/** Calls that are documented to have no body. */
export const bodiless = (source: string, ...calls: readonly string[]): readonly PublishedCall[] =>
  calls.map((call) => ({ call, documented: { source } }));
