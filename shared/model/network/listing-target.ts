/**
 * Whose stock a channel is told for something of its own (a variation, an item, a SKU of its own): the SKU that was listed for it last. It is written with each listing that comes to be
 * told so, so that of two at once one is refused; who has left it since is seen from its listing, and the next takes its place.
 */
export interface ListingTarget {
  readonly channelId: string;
  /** By what the channel knows it (`AvailabilityConnector.target`). */
  readonly target: string;
  readonly sku: string;
  readonly version: number;
}
