import { type NoticeToTell } from '../../../domain/tell.ts';
import { sumOf } from '../../kit/amounts.ts';
import { type SquareFulfillment, type SquareOrder, goneEntry } from '../payload.ts';
import { cancelledUnits, isGoods, unitsOf } from '../units.ts';
import { keyOf } from './order.ts';

/** Characters of an entry that Square keeps: some fifteen parcels. */
const longestEntry = 255;

/** How far an order is with this notice told. */
export interface Progress {
  /** It was told before. */
  readonly isTold: boolean;
  /** With it, all goods are gone. */
  readonly isAll: boolean;
  /** What marks it as told; `undefined` where Square keeps no more of it. */
  readonly metadata: Readonly<Record<string, string>> | undefined;
}

/**
 * Square has one fulfillment for a whole order and no parts of it: what left, and which notices said so, is noted in the order's metadata, and
 * the fulfillment is completed with the last of it.
 */
export function progressOf(order: SquareOrder, notice: NoticeToTell<'shipped' | 'collected'>): Progress {
  const key = keyOf(notice.noticeId).slice(0, 12);
  const told = new Map((order.metadata?.[goneEntry] ?? '').split(' ').map((one) => pairOf(one)));
  const isTold = told.has(key);
  told.delete('');
  told.set(key, sumOf(notice.facts.lines.map(({ quantity }) => quantity)));
  const sold = sumOf(order.line_items.filter(isGoods).map(({ quantity }) => unitsOf(quantity) ?? 0));
  const cancelled = sumOf(cancelledUnits(order).map(({ quantity }) => quantity));
  const entry = [...told].map(([name, units]) => `${name}:${units}`).join(' ');
  return {
    isTold,
    isAll: sumOf([...told.values()]) >= sold - cancelled,
    metadata: entry.length > longestEntry ? undefined : { [goneEntry]: entry },
  };
}

function pairOf(text: string): readonly [string, number] {
  const [name = '', units] = text.split(':');
  return [name, unitsOf(units) ?? 0];
}

/** The fulfillments of one kind that are not over. */
export const openOf = (order: SquareOrder, ...types: readonly string[]): readonly SquareFulfillment[] =>
  order.fulfillments.filter(
    ({ type, state, uid }) =>
      uid != null && types.includes(type ?? '') && !['COMPLETED', 'CANCELED', 'FAILED'].includes(state ?? ''),
  );
