import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { type Listings, quantityPatch } from './stock.ts';

const listingsFeed = z.strictObject({
  header: z.strictObject({ sellerId: z.string().min(1), version: z.literal('2.0'), issueLocale: z.string() }),
  messages: z
    .array(
      quantityPatch.extend({ messageId: z.int().min(1), sku: z.string().min(1), operationType: z.literal('PATCH') }),
    )
    .min(1),
});

/** What feeds change. */
export interface Changed {
  readonly listings: Listings;
  readonly refunds: { orderId: string; items: string[]; amounts: string[]; types: string[] }[];
  readonly cancel: (orderId: string) => void;
  /** Why Amazon takes no message about an order; left out, it takes them all. */
  readonly refuses?: (orderId: string) => string | undefined;
}

interface Feed {
  readonly feedId: string;
  readonly feedType: string;
  readonly createdTime: string;
  readonly document: string;
  report?: Buffer;
}
interface Issue {
  readonly messageId?: number;
  readonly sku?: string;
  readonly code: string;
  readonly severity: 'ERROR';
  readonly message: string;
}

/** Feeds of a seller and their documents. */
export class Feeds {
  /** The content of documents by their ids; `undefined` until they are filled. */
  readonly documents = new Map<string, string | undefined>();
  readonly all: Feed[] = [];

  /** Makes an empty document. */
  document(): string {
    const id = `amzn1.tortuga.${this.documents.size + 1}`;
    this.documents.set(id, undefined);
    return id;
  }

  /** Takes a feed in; `undefined` for a document that is not there or empty. */
  create(feedType: string, documentId: string, now = new Date()): string | undefined {
    const document = this.documents.get(documentId);
    if (document === undefined) return undefined;
    const feedId = String(50_000 + this.all.length);
    this.all.push({ feedId, feedType, createdTime: now.toISOString(), document });
    return feedId;
  }

  /** Works through every feed that waits. */
  workThrough(book: Changed): void {
    for (const feed of this.all) feed.report ??= reportOf(feed, book);
  }
}

function reportOf(feed: Feed, book: Changed): Buffer {
  if (feed.feedType === 'JSON_LISTINGS_FEED') return gzipSync(JSON.stringify(listings(feed, book)));
  const texts = (name: string) =>
    [...feed.document.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text]) => text ?? '');
  const [orderId = ''] = texts('AmazonOrderID');
  const refusal = book.refuses?.(orderId);
  if (refusal !== undefined) return processed(refusal);
  if (feed.feedType === 'POST_PAYMENT_ADJUSTMENT_DATA')
    book.refunds.push({ orderId, items: texts('AmazonOrderItemCode'), amounts: texts('Amount'), types: texts('Type') });
  else if (texts('StatusCode')[0] === 'Failure') book.cancel(orderId);
  return processed();
}

/** The report of a feed of one message. Source: ProcessingReport.xsd */
function processed(refusal?: string): Buffer {
  const failed = refusal === undefined ? 0 : 1;
  const result =
    refusal === undefined
      ? ''
      : `<Result><MessageID>1</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>18028</ResultMessageCode><ResultDescription>${refusal}</ResultDescription></Result>`;
  const summary = `<ProcessingSummary><MessagesProcessed>1</MessagesProcessed><MessagesSuccessful>${1 - failed}</MessagesSuccessful><MessagesWithError>${failed}</MessagesWithError><MessagesWithWarning>0</MessagesWithWarning></ProcessingSummary>`;
  return gzipSync(
    `<?xml version="1.0"?><AmazonEnvelope><Header><DocumentVersion>1.02</DocumentVersion></Header><MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport><StatusCode>Complete</StatusCode>${summary}${result}</ProcessingReport></Message></AmazonEnvelope>`,
  );
}

function listings({ feedId, document }: Feed, book: Changed) {
  const read = listingsFeed.safeParse(JSON.parse(document));
  const issues: Issue[] = read.success
    ? read.data.messages.flatMap(({ messageId, sku, ...patch }) => {
        const result = book.listings.patch(sku, { productType: patch.productType, patches: patch.patches });
        // Some of Amazon's own reports name a message by its number alone.
        return result === 'ACCEPTED'
          ? []
          : [{ messageId, code: result, severity: 'ERROR' as const, message: 'Invalid parameters provided.' }];
      })
    : [{ code: '4000002', severity: 'ERROR', message: 'The feed is not valid.' }];
  return {
    header: { sellerId: 'A1TESTSELLER', version: '2.0', feedId },
    issues,
    summary: { errors: issues.length, warnings: 0, messagesProcessed: 1, messagesAccepted: 0, messagesInvalid: 0 },
  };
}
