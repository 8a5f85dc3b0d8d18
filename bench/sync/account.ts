import { type ChannelType } from '../../shared/contracts/network/channel-types.ts';
import { type Listing } from '../../shared/model/network/network.ts';
import { type Limit } from './limits.ts';

/** What is sold on every channel, by number. */
export interface Assortment {
  readonly skus: readonly string[];
  /** What each shows to begin with. */
  readonly units: number;
}

type Call = Parameters<Limit['counts']>[0];

/** An account at a sandbox that sells the assortment. */
export interface Account {
  readonly type: ChannelType;
  readonly url: string;
  /** What our channel must be told, with the address that it is to call. */
  readonly channel: (url: string) => {
    readonly settings: Readonly<Record<string, string>>;
    readonly credentials: Readonly<Record<string, string>>;
  };
  /** The ids that a SKU has there. */
  readonly ids: (sku: number) => Pick<Listing, 'variantId' | 'listingId' | 'inventoryItemId'>;
  /** What it shows of a SKU. */
  readonly shown: (sku: number) => number | undefined;
  /** True for a call that tells stock; a feed is one such call. */
  readonly tellsStock: (call: Call) => boolean;
  /** The channel's documented limits that its sandbox does not keep by itself. */
  readonly limits: readonly Limit[];
  /** All of its limits on telling stock, in words. */
  readonly allows: string;
  /** Works through the feeds that it was given. */
  readonly workThrough?: () => void;
  readonly stop: () => Promise<void>;
}

/** Opens an account. */
export type OpenAccount = (assortment: Assortment) => Promise<Account>;
