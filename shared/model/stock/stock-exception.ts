/** What may need a person about stock. */
export type StockExceptionCode =
  /** A pool has promised more than its locations have. */
  | 'oversold'
  /** A location has promised more than its shelf has. */
  | 'over-promised'
  /** The auditor found books that do not agree. */
  | 'audit-finding';

/** Something about stock that needs a person; it closes itself once what it says is so no more. */
export interface StockException {
  /** Derived from code and subject: one and the same trouble is one exception. */
  readonly exceptionId: string;
  readonly code: StockExceptionCode;
  readonly subject: Readonly<Record<string, string>>;
  readonly detail: string;
  /** Units. */
  readonly quantity: number;
  readonly raisedAt: string;
  readonly resolvedAt?: string;
  /** Version of the counter item that it speaks of: what is older does not overwrite what is newer. */
  readonly subjectVersion: number;
  readonly version: number;
}
