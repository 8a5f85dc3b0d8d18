import { type SandboxResponse } from '../http-server.ts';

/** An error as the Selling Partner API writes it. */
export const errorOf = (status: number, code: string, message: string): SandboxResponse => ({
  status,
  body: { errors: [{ code, message, details: '' }] },
});

/** An answer with a body. */
export const good = (body: unknown): SandboxResponse => ({ status: 200, body });
/** What is not there. */
export const notFound = errorOf(404, 'NotFound', 'Requested resource was not found.');
