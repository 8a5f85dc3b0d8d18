import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { type Terms } from '../../../../shared/model/stock/counters.ts';

/** What a pool can sell, as an event says it. */
export type AvailabilityMessage = EventMessage<{
  readonly sku: string;
  readonly pool: string;
  readonly ats: number;
  readonly terms?: Readonly<Record<string, Terms>> | undefined;
}>;

/** That a shelf has other units, as an event says it. */
export type ShelfMessage = EventMessage<{ readonly sku: string; readonly pool: string; readonly location: string }>;

/** The newest that is known of what a SKU's pool can sell, and every change that led there. */
export interface PoolNews {
  readonly ats: number;
  /** How channels may sell it, by channel id. */
  readonly terms?: Readonly<Record<string, Terms>>;
  /** Version of the pool. */
  readonly version: number;
  /** True of what the pool was just found to say: it counts where the listing says otherwise, whatever version that is of. */
  readonly anew?: true;
  /** When each version of it came about, RFC 3339. */
  readonly changes: readonly { readonly version: number; readonly time: string }[];
}

/** What a batch says of one SKU in one pool, in the name of all the events that said something about it. */
export interface News {
  readonly sku: string;
  readonly pool: string;
  readonly availability?: PoolNews;
  /** Since when shelves of it have had other units; absent: no event said so. */
  readonly shelvesSince?: string;
  /** They are done, or come again, together. */
  readonly eventIds: readonly string[];
}

/** Coalesces a batch: the newest version per SKU and pool, whatever the order and however often each came. */
export function newestOf(messages: readonly (AvailabilityMessage | ShelfMessage)[]): News[] {
  const news = new Map<string, News>();
  for (const message of messages) {
    const { sku, pool } = message.data;
    const key = JSON.stringify([sku, pool]);
    const known = news.get(key) ?? { sku, pool, eventIds: [] };
    const eventIds = [...known.eventIds, message.id];
    news.set(key, {
      ...known,
      ...('ats' in message.data ? poolNews(known, message) : shelfNews(known, message)),
      eventIds,
    });
  }
  return [...news.values()];
}

function poolNews(
  { availability: known }: News,
  { version, time, data }: EventMessage<object>,
): Pick<News, 'availability'> {
  const changes = [...(known?.changes ?? []), { version, time }];
  if (known !== undefined && known.version >= version) return { availability: { ...known, changes } };
  const { ats, terms } = data as AvailabilityMessage['data'];
  return { availability: { ats, ...(terms && { terms }), version, changes } };
}

const shelfNews = ({ shelvesSince = '9' }: News, { time }: EventMessage<object>): Pick<News, 'shelvesSince'> => ({
  shelvesSince: time < shelvesSince ? time : shelvesSince,
});
