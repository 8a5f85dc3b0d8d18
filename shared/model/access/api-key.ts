import { type Scope } from '../../contracts/define-api.ts';

/** An API key as it is kept: its hash, what it may do, and what it is bound to. The key itself is shown once and stored nowhere. */
export interface ApiKey {
  /** Hex SHA-256 of the key. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly (Scope | '*')[];
  /** Only this channel's orders, when set. */
  readonly channelId?: string;
  /** Only this location's fulfillment orders and stock, when set. */
  readonly locationId?: string;
  readonly createdAt: string;
  readonly revokedAt?: string;
  readonly version: number;
  readonly updatedAt: string;
}
