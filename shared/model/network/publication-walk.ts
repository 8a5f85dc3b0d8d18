/**
 * All publications of a channel are looked at again, page by page, as a rule or a price list of it has changed: one item a channel, worked off by its lane `listings`,
 * so that any worker goes on where another ended.
 */
export interface PublicationWalk {
  readonly channelId: string;
  readonly state: 'RUNNING' | 'DONE';
  /** The SKU that the last page ended with; absent: it begins. */
  readonly after?: string;
  /** Asked for once more while it was under way: what was looked at before may be otherwise by now, so it begins anew at its end. */
  readonly again?: true;
  readonly version: number;
  readonly updatedAt: string;
}
