import { type SandboxResponse } from '../http-server.ts';
import { type Book } from './book.ts';

/** A request as a route sees it. */
export interface Asked {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Where the sandbox is. */
  readonly origin: string;
  /** Whether its token lets it see who the buyer is. */
  readonly isRestricted: boolean;
}

/** How much a page holds, and whether ORDER_CHANGE is subscribed. */
export interface SellerSetup {
  readonly pageSize: number;
  readonly subscribed: boolean;
  readonly marketplaces: readonly { readonly id: string; readonly currency: string }[];
}

/** An operation of the Selling Partner API. */
export interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (asked: Asked, book: Book, setup: SellerSetup) => SandboxResponse;
}

/** An error as the Selling Partner API writes it. */
export const errorOf = (status: number, code: string, message: string): SandboxResponse => ({
  status,
  body: { errors: [{ code, message, details: '' }] },
});

/** An answer with a body. */
export const good = (body: unknown): SandboxResponse => ({ status: 200, body });
/** What is not there. */
export const notFound = errorOf(404, 'NotFound', 'Requested resource was not found.');
