import { type PollWindow } from '../../domain/connector.ts';

/** Where a page begins of a list that is sorted by when its entries changed: at a time, RFC 3339, and which page from there. */
export interface PollCursor {
  readonly since: string;
  /** From 1; more than that only while whole pages have one and the same time. */
  readonly page: number;
}

/** The cursor of a window: at its beginning where it has none. */
export function cursorOf({ from, cursor }: PollWindow): PollCursor {
  const [since, page] = (cursor ?? '').split('|');
  const number = Number(page);
  return since !== undefined && Number.isSafeInteger(number) && number > 0
    ? { since, page: number }
    : { since: from, page: 1 };
}

/**
 * Where the next page begins, after a full one whose last entry changed at `last`: from that time on, so that entries which change meanwhile,
 * and so go to the end, push nothing over the edge of a page. `undefined` once the window is over.
 */
export function nextCursor({ since, page }: PollCursor, last: string, { to }: PollWindow): string | undefined {
  if (last > to) return undefined;
  return last === since ? `${since}|${page + 1}` : `${last}|1`;
}
