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

/** How much a page holds, whether ORDER_CHANGE is subscribed, and which operations the app has no role for. */
export interface SellerSetup {
  readonly pageSize: number;
  readonly subscribed: boolean;
  readonly denied: readonly string[];
  readonly marketplaces: readonly { readonly id: string; readonly currency: string }[];
}

/** An operation of the Selling Partner API. */
export interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (asked: Asked, book: Book, setup: SellerSetup) => SandboxResponse;
}
