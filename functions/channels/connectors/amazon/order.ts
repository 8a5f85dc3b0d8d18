/** How an order gets to its buyer, apart from parcels to the door. */
export type Pickup = { readonly kind: 'store' | 'access-point'; readonly externalId?: string | undefined };

/** A window of time in which something was promised; text as Amazon wrote it. */
export interface Window {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

/** A postal address of Amazon; what it keeps to itself is absent. */
export interface AmazonAddress {
  readonly name?: string | null | undefined;
  readonly company?: string | null | undefined;
  readonly lines: readonly (string | null | undefined)[];
  readonly city?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

/**
 * The money of an item, for all its units, in minor units of the order's currency: what Amazon says, each amount for itself. Whether the
 * prices hold the taxes or not, Amazon does not say (`money.ts` finds out).
 */
export interface ItemAmounts {
  readonly goods: number;
  readonly discount: number;
  readonly tax: number;
  /** Tax on the discount: taken off with it. */
  readonly discountTax: number;
  readonly shipping: number;
  readonly shippingDiscount: number;
  readonly shippingTax: number;
  readonly shippingDiscountTax: number;
  readonly giftWrap: number;
  readonly giftWrapTax: number;
  /** Cash on delivery, after its own discount. */
  readonly codFee: number;
  readonly codFeeTax: number;
  readonly other: number;
  readonly otherTax: number;
}

/** An item of an order, whichever version of the Orders API said it. */
export interface AmazonItem {
  readonly itemId: string;
  readonly sku?: string | null | undefined;
  readonly asin?: string | null | undefined;
  readonly title?: string | null | undefined;
  /** As ordered; 0 where all of it was cancelled. */
  readonly quantity: number;
  readonly cancelled: number;
  /** Units that have left, as far as Amazon says. */
  readonly shipped?: number | null | undefined;
  readonly amounts: ItemAmounts;
  /** Who collects and remits the tax, where that is not the seller. */
  readonly taxRemittedBy?: string | undefined;
  readonly promotions: readonly string[];
  readonly gift?: { readonly message?: string | null | undefined; readonly wrap?: string | null | undefined };
  readonly scheduled: Window;
  readonly cancelRequest?: { readonly reason?: string | null | undefined };
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

/** An order of Amazon, whichever version of the Orders API said it. Times are text as Amazon wrote them. */
export interface AmazonOrder {
  readonly orderId: string;
  readonly placedAt?: string | null | undefined;
  readonly updatedAt: string;
  readonly state: 'pending' | 'open' | 'cancelled' | 'closed';
  readonly fulfilledBy: 'us' | 'channel';
  readonly currency: string;
  /** What the buyer pays in all; absent while Amazon keeps it to itself. */
  readonly totalMinor?: number;
  /** Paid to whoever delivers: nothing is received before. */
  readonly isCashOnDelivery: boolean;
  /** Of a cash-on-delivery order: what was paid by other means. */
  readonly prepaidMinor: number;
  readonly paymentMethod?: string | undefined;
  readonly marketplaceId?: string | null | undefined;
  readonly buyer: {
    readonly name?: string | null | undefined;
    readonly email?: string | null | undefined;
    readonly company?: string | null | undefined;
    readonly taxId?: string | null | undefined;
  };
  readonly shipTo?: AmazonAddress | undefined;
  readonly service?: string | null | undefined;
  readonly pickup?: Pickup | undefined;
  readonly instructions?: string | null | undefined;
  readonly shipWindow: Window;
  readonly deliverWindow: Window;
  readonly tipMinor: number;
  readonly items: readonly AmazonItem[];
  /** Why Amazon does not let it go yet, in words. */
  readonly holds: readonly string[];
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>;
}
