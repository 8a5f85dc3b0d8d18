import { type SandboxResponse } from '../http-server.ts';

/** An error as eBay's REST APIs write it. */
export const ebayFault = (errorId: number, domain: string, message: string) => ({
  errorId,
  domain,
  category: 'REQUEST',
  message,
  longMessage: message,
});

/** A call that was refused for one reason. */
export const refusedBy = (status: number, errorId: number, domain: string, message: string): SandboxResponse => ({
  status,
  body: { errors: [ebayFault(errorId, domain, message)] },
});
