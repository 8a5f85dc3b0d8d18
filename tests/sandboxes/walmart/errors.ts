import { type SandboxResponse } from '../http-server.ts';

/** Errors as Walmart writes them: bare, or wrapped in `errors`. */
export const failure = (code: string, description: string, wrapped = false) => {
  const error = [{ code, field: 'data', description, info: description, severity: 'ERROR', category: 'DATA' }];
  return wrapped ? { errors: { error } } : { error };
};

/** What is not there. */
export const notFound = (what: string): SandboxResponse => ({
  status: 404,
  body: failure('CONTENT_NOT_FOUND.GMP_ORDER_API', what),
});

/** What Walmart does not take. */
export const badRequest = (what: string, api = 'GMP_ORDER_API'): SandboxResponse => ({
  status: 400,
  body: failure(`INVALID_REQUEST_CONTENT.${api}`, what, true),
});
