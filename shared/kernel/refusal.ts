/**
 * The closed list of refusals, each with the HTTP status that it answers with. The code is the contract: clients and state machines
 * match on it, and it never changes its meaning.
 */
export const refusalStatus = {
  'malformed-request': 400,
  'idempotency-key-missing': 400,
  unauthorized: 401,
  'invalid-signature': 401,
  'payment-declined': 402,
  forbidden: 403,
  'not-found': 404,
  'insufficient-stock': 409,
  'state-conflict': 409,
  'order-differs': 409,
  'on-hold': 409,
  'payment-not-secured': 409,
  'no-plan': 409,
  'quantity-exceeded': 409,
  'quantity-stale': 409,
  'limit-exceeded': 409,
  'reference-reused': 409,
  'hold-over': 409,
  'version-stale': 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-request': 422,
  'idempotency-key-reused': 422,
  'unknown-sku': 422,
  'unknown-location': 422,
  'unknown-channel': 422,
  'unreadable-file': 422,
  'currency-mismatch': 422,
  'total-mismatch': 422,
  'too-busy': 503,
  'provider-unavailable': 503,
} as const satisfies Record<string, number>;

/** One of the closed list of refusal codes. */
export type RefusalCode = keyof typeof refusalStatus;

/** One field that was refused: a JSON pointer into the body (or `#header/…`, `#query/…`, `#path/…`) and what to do about it. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** An expected refusal: a code of the closed list, a sentence, facts that let the caller act, and the fields at fault. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
}

/** True if `text` is one of the closed list of refusal codes. */
export const isRefusalCode = (text: string): text is RefusalCode => text in refusalStatus;
