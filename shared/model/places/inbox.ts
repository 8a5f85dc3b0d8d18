import { orderIdOfNotice } from '../channels/notice.ts';
import { type PlacesOf } from '../entities.ts';
import { isDone } from '../inbox/order-poll.ts';

/** The listing of what is asked of channels, by when it is next. */
export const pollListing = 'POLLS';

/** The listing of a channel's deliveries in quarantine: by cause, within it by when they came. */
export const quarantineListing = (channelId: string): string => `QUARANTINED#${channelId}`;

/** The listing of what is to be mapped again because somebody asked for it, by when. */
export const replayListing = 'REPLAYS';

/** The listing of deliveries that wait for their channel to be resumed, by when they came. */
export const pausedListing = (channelId: string): string => `PAUSED#${channelId}`;

/** The listing of deliveries that are tried again, by when. */
export const waitingListing = 'WAITING';

/** Where all notices of an order are. */
export const noticePartition = (orderId: string): string => `NOTICES#${orderId}`;

/** The listings of what a channel is to be told, by when, and of what it refused, by when it happened. */
export const noticeListing = {
  PENDING: (channelId: string): string => `NOTICES#${channelId}`,
  REFUSED: (channelId: string): string => `REFUSED-NOTICES#${channelId}`,
} as const;

/**
 * Where is what channels have said, and what they are asked and told.
 *
 * | question | table, key |
 * |---|---|
 * | deliveries in quarantine; deliveries to be tried again | inbox index `listing`, `lpk = QUARANTINED#<channel>`; `lpk = WAITING`, `lsk` up to now; `lpk = PAUSED#<channel>` |
 * | what of a quarantine is to be mapped again | inbox index `listing`, `lpk = REPLAYS` |
 * | what is asked of channels, the earliest first | inbox index `listing`, `lpk = POLLS`, `lsk` up to now |
 * | what the channel of an order was, or is, told of it | inbox `pk = NOTICES#<order id>` |
 * | what a channel is to be told next; what it refused | inbox index `listing`, `lpk = NOTICES#<channel>`; `lpk = REFUSED-NOTICES#<channel>` |
 * | what a channel has said of an order | inbox `pk = CHANNEL-ORDER#<order id>` |
 */
export const inboxPlaces: PlacesOf<
  'inboxMessage' | 'quarantineReplay' | 'orderPoll' | 'notice' | 'messageCounter' | 'channelOrder'
> = {
  inboxMessage: {
    table: 'inbox',
    key: ({ inboxId }) => ({ pk: inboxId, sk: 'MESSAGE' }),
    listed: ({ inboxId, state, channelId, cause, receivedAt, retryAt }) => {
      if (state === 'QUARANTINED')
        return {
          lpk: quarantineListing(channelId),
          lsk: cause === undefined ? receivedAt : `${cause}#${receivedAt}#${inboxId}`,
        };
      if (state !== 'WAITING') return undefined;
      return retryAt === undefined
        ? { lpk: pausedListing(channelId), lsk: `${receivedAt}#${inboxId}` }
        : { lpk: waitingListing, lsk: `${retryAt}#${inboxId}` };
    },
  },
  quarantineReplay: {
    table: 'inbox',
    key: ({ channelId, code = '*' }) => ({ pk: `REPLAY#${channelId}`, sk: `REPLAY#${code}` }),
    listed: ({ channelId, code = '*', askedAt, doneAt }) =>
      doneAt === undefined ? { lpk: replayListing, lsk: `${askedAt}#${channelId}#${code}` } : undefined,
  },
  orderPoll: {
    table: 'inbox',
    key: ({ pollId }) => ({ pk: `POLL#${pollId}`, sk: 'POLL' }),
    listed: (poll) => (isDone(poll) ? undefined : { lpk: pollListing, lsk: `${poll.dueAt}#${poll.pollId}` }),
  },
  notice: {
    table: 'inbox',
    key: ({ noticeId }) => ({ pk: noticePartition(orderIdOfNotice(noticeId)), sk: noticeId }),
    listed: ({ channelId, noticeId, state, dueAt, happenedAt }) => {
      if (state === 'PENDING') return { lpk: noticeListing.PENDING(channelId), lsk: `${dueAt}#${noticeId}` };
      if (state !== 'REFUSED') return undefined;
      return { lpk: noticeListing.REFUSED(channelId), lsk: `${happenedAt}#${noticeId}` };
    },
  },
  messageCounter: { table: 'inbox', key: ({ channelId }) => ({ pk: `COUNTER#${channelId}`, sk: 'COUNTER' }) },
  channelOrder: { table: 'inbox', key: ({ orderId }) => ({ pk: `CHANNEL-ORDER#${orderId}`, sk: 'CHANNEL-ORDER' }) },
};
