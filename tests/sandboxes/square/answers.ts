import { type SandboxResponse } from '../http-server.ts';

/** Anything that an account has, by its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** An error as Square writes it: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors */
export const failure = (
  status: number,
  category: string,
  code: string,
  detail: string,
  field?: string,
): SandboxResponse => ({
  status,
  body: { errors: [{ category, code, detail, ...(field !== undefined && { field }) }] },
});

/** An error of the request itself. */
export const invalid = (code: string, detail: string, field?: string, status = 400): SandboxResponse =>
  failure(status, 'INVALID_REQUEST_ERROR', code, detail, field);
