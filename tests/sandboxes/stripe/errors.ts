/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** False for refusals before the endpoint ran: their key stays unused, as at Stripe. */
  readonly ran?: boolean;
}

/** An answer that an endpoint gives by throwing. */
export class StripeRefusal extends Error {
  readonly reply: Reply;
  constructor(status: number, error: Readonly<Record<string, unknown>>, ran = true) {
    super(String(error['message']));
    this.reply = { status, body: { error }, ran };
  }
}

/** 400 before the endpoint ran: a parameter is wrong. */
export const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}): StripeRefusal =>
  new StripeRefusal(400, { type: 'invalid_request_error', message, ...more }, false);

/** 400 by the endpoint itself: the object is not in a state for it. */
export const refused = (message: string, more: Readonly<Record<string, unknown>> = {}): StripeRefusal =>
  new StripeRefusal(400, { type: 'invalid_request_error', message, ...more });

/** 404, or 400 for a parameter that names nothing. */
export const missing = (what: string, id: string, status = 404, param = 'intent'): StripeRefusal =>
  new StripeRefusal(
    status,
    { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}: '${id}'`, param },
    false,
  );
