import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connector } from '../../domain/connector.ts';
import { type NoticeToTell, type Tell } from '../../domain/tell.ts';
import { type NoticeKind } from '../../../../shared/contracts/channels/notice.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { needs } from './needs.ts';
import { type Group } from './outbound/interchange.ts';
import {
  cancellation,
  orderAcknowledgement,
  setAcknowledgement,
  shipNotice,
  shippingAdvice,
} from './outbound/notice-sets.ts';
import { sendInterchange } from './send-interchange.ts';

/** Whether a partner is told of its orders: a channel without `outboundUrl` has nobody to tell. */
export const hears = (channel: Channel): boolean => settingOf(channel, needs, 'outboundUrl') !== '';

/** Sends the groups of a notice as one interchange, under the notice's number: what comes twice is a repeat to the partner too. */
const telling =
  <K extends NoticeKind>(groupsOf: (notice: NoticeToTell<K>, now: string) => readonly Group[]): Tell<K> =>
  async (notice, connection) => {
    const { number } = notice;
    if (number === undefined) throw new Error(`notice ${notice.noticeId} has no control number`);
    const groups = groupsOf(notice, connection.now());
    if (groups.length === 0) return ok({});
    const isTest = notice.snapshot?.test ?? false;
    const sent = await sendInterchange(connection, { controlNumber: number, isTest, groups });
    return sent.ok ? ok({ reference: `ISA13 ${String(number).padStart(9, '0')}` }) : sent;
  };

const isDepositors = ({ snapshot }: NoticeToTell): boolean => snapshot?.order.attributes?.['x12.type'] === '940';

/**
 * What a trading partner is told: that its purchase order is taken (855, with the 997 of the set that brought it in one interchange, so that either
 * both arrive or none), what left (856), what of it is rejected after all (855). A depositor's 940 is answered with a 997 and 945s.
 */
export const tell: NonNullable<Connector['tell']> = {
  acknowledged: telling<'acknowledged'>((notice, now) => [
    ...(isDepositors(notice) ? [] : [{ functionalId: 'PR' as const, sets: [orderAcknowledgement(notice, now)] }]),
    ...setAcknowledgement(notice),
  ]),
  shipped: telling<'shipped'>((notice, now) =>
    isDepositors(notice)
      ? [{ functionalId: 'SW', sets: [shippingAdvice(notice, now)] }]
      : [{ functionalId: 'SH', sets: [shipNotice(notice, now)] }],
  ),
  cancelled: telling<'cancelled'>((notice, now) =>
    isDepositors(notice)
      ? [{ functionalId: 'SW', sets: [shippingAdvice(notice, now)] }]
      : [{ functionalId: 'PR', sets: [cancellation(notice, now)] }],
  ),
};
