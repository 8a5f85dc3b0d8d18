import type * as z from 'zod';
import { type importPublications as importContract } from '../../../../shared/contracts/network/publication-apis.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit, replay } from '../../../../shared/model/decide.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { type PutRow } from './put-group.ts';
import { type TellPorts, putRows } from './put-publications.ts';
import { type TextFormat, rowsOf, textOf } from './text-rows.ts';

/** The most rows that one call takes: they are done within its 29 seconds. */
const mostRows = 500;

/** One page of a channel's publications as text. */
export interface ExportedPage {
  readonly format: TextFormat;
  readonly rows: number;
  readonly content: string;
  readonly next?: string;
}

/** Writes publications as text; the contents of all pages, one after the other, are one file. Refusal: `not-found`. */
export const exportPublications =
  (ports: Pick<ChannelsPorts, 'channel' | 'publications'>) =>
  async (
    channelId: string,
    {
      format,
      after,
      limit,
    }: { readonly format: TextFormat; readonly after?: string | undefined; readonly limit: number },
  ): Promise<Result<ExportedPage>> => {
    if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
    const page = await ports.publications.after(channelId, after, limit);
    const content = textOf(format, page, after === undefined);
    const next = page.length < limit ? undefined : page.at(-1)?.sku;
    return ok({ format, rows: page.length, content, ...(next !== undefined && { next }) });
  };

type Imported = z.infer<(typeof importContract)['response']>;

/**
 * Takes publications from text, each row for itself; a repeat under the same key does nothing and gets the first answer. What a crash leaves undone, the same call
 * does. Refusals of the whole: those of `publisherOf` and `rowsOf`, `limit-exceeded`.
 */
export const importPublications =
  (ports: TellPorts) =>
  async (
    channelId: string,
    { format, content }: { readonly format: TextFormat; readonly content: string },
    { now, once }: { readonly now: string; readonly once?: OnceKey },
  ): Promise<Result<Imported>> => {
    const first = once && (await ports.publications.earlier(once.key));
    if (once !== undefined && first !== undefined) return replay(first, once);
    const rows = rowsOf(format, content);
    if (!rows.ok) return rows;
    if (rows.value.length > mostRows)
      return refuse(
        'limit-exceeded',
        `There are ${rows.value.length} rows, and a call takes ${mostRows}. Send them in parts.`,
        {
          facts: { rows: rows.value.length, most: mostRows },
        },
      );
    const read = rows.value.map(({ line, ...row }) => ({ place: line, ...row }));
    const put = await putRows(ports, channelId, read, now);
    if (!put.ok) return put;
    return decideAndCommit<Imported>(
      ports.commit,
      () => Promise.resolve(ok({ changes: [], reply: importedBy(put.value) })),
      once,
    );
  };

function importedBy(rows: readonly PutRow[]): Imported {
  const problems = rows.flatMap(({ place: line, sku, outcome }) => {
    if (outcome.ok) return [];
    const { code, detail } = outcome.refusal;
    return [{ line, ...(sku !== undefined && { sku }), code, detail }];
  });
  const unchanged = rows.filter(({ outcome }) => outcome.ok && !outcome.value.isChanged).length;
  return { kept: rows.length - problems.length, refused: problems.length, unchanged, problems };
}
