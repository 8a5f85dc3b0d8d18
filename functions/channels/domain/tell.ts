import { type ChannelOrderSnapshot } from '../../../shared/contracts/channels/channel-order.ts';
import { type NoticeFacts, type NoticeKind } from '../../../shared/contracts/channels/notice.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { type Connection } from './connection.ts';

/** What a connector is given of an order that its channel is told about. */
export interface NoticeToTell<K extends NoticeKind = NoticeKind> {
  readonly noticeId: string;
  readonly orderId: string;
  readonly externalId: string;
  readonly facts: NoticeFacts[K];
  readonly happenedAt: string;
  /** Tries before this one: any of them may have been carried out without our knowing, so a connector looks first where a call is no set. */
  readonly tries: number;
  /** The order as its channel has it; `lineId`s are the channel's own. */
  readonly snapshot?: ChannelOrderSnapshot;
  /** Of a connector that numbers its messages: this one's number, at every try the same. */
  readonly number?: number;
  /** What the channel calls what an earlier try gave it, and that it works on: what came of it is asked for. */
  readonly reference?: string;
  /** What the channel calls what it made of other notices of the order: none of it is this one's, however much it looks like it. */
  readonly others?: readonly string[];
}

/**
 * How a channel is told one kind of thing. Refusals: `provider-unavailable` (tried again, for days; with `facts.reference` the channel has it and
 * works on it: `underWay` of the kit); any other is final and needs a person.
 */
export type Tell<K extends NoticeKind> = (
  notice: NoticeToTell<K>,
  connection: Connection,
) => Promise<Result<{ readonly reference?: string }>>;
