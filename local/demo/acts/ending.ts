import type * as z from 'zod';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { readTimeline } from '../../../shared/contracts/orders/apis.ts';
import { type timelineEntry } from '../../../shared/contracts/orders/resources.ts';
import { auditStock } from '../../../shared/contracts/audit/apis.ts';
import { padded } from '../paper.ts';
import { type Scene } from '../scene.ts';
import { stockTable } from '../stock-table.ts';
import { readStockView } from '../stock-view.ts';
import { detailOf } from '../timeline-words.ts';

type Entry = z.infer<typeof timelineEntry>;

/** What the order's story must hold, in this order. */
const expectedStory = [
  'OrderCaptured',
  'OrderRouted',
  'FulfillmentOrderReleased',
  'FulfillmentOrderRejected',
  'OrderRouted',
  'FulfillmentOrderAccepted',
  'FulfillmentOrderPicked',
  'FulfillmentOrderPacked',
  'FulfillmentOrderShipped',
  'FulfillmentOrderDelivered',
  'ReturnAuthorized',
  'ReturnReceived',
  'ReturnInspected',
  'RefundIssued',
  'ChannelNoticeTold',
];

/** The order's whole story, as the server tells it. */
export async function tellStory(scene: Scene, orderId: string): Promise<void> {
  const { api, teller } = scene;
  teller.title('The order as the server remembers it');
  let seen: readonly string[] = [];
  const timeline = await teller.until(
    `the timeline tells ${expectedStory.join(', ')}`,
    async () => {
      const entries = mustSucceed(await api(readTimeline, { params: { orderId } })).timeline;
      seen = entries.map(nameOf);
      return inOrder(expectedStory, seen) ? entries : undefined;
    },
    () => seen,
  );
  const start = Date.parse(timeline[0]?.time ?? '');
  for (const entry of timeline) writeEntry(scene, entry, start);
}

const nameOf = ({ type }: Pick<Entry, 'type'>): string => type.replace(/\.v\d+$/, '');

/** True when all of `wanted` are in `seen` in their order, whatever else is between them. */
function inOrder(wanted: readonly string[], seen: readonly string[]): boolean {
  let next = 0;
  for (const name of seen) if (name === wanted[next]) next += 1;
  return next === wanted.length;
}

function writeEntry({ teller: { paper } }: Scene, entry: Entry, start: number): void {
  const seconds = padded(`+${((Date.parse(entry.time) - start) / 1000).toFixed(2)} s`, 9, 'right');
  const name = padded(nameOf(entry), 27);
  const detail = detailOf(entry);
  const space = paper.width - 38;
  const shortened = detail.length > space ? `${detail.slice(0, space - 1)}…` : detail;
  paper.write(`${paper.look('dim', seconds)}  ${name}${paper.look('dim', shortened)}`);
}

/** Where everything is now, and whether the books agree with the shelves. */
export async function audit(scene: Scene, oversoldBefore: number): Promise<void> {
  const { api, teller } = scene;
  teller.title('Where everything is now');
  for (const line of stockTable(teller.paper, await readStockView(scene))) teller.paper.write(line);
  teller.title('The auditor');
  const verdict = mustSucceed(await api(auditStock));
  const looked = `${verdict.positions} positions, ${verdict.pools} pools, ${verdict.orders} orders, ${verdict.fulfillmentOrders} fulfillment orders`;
  teller.fact('looked at', looked);
  teller.fact('oversold units', String(verdict.oversold));
  teller.fact(
    'every identity',
    verdict.holds ? teller.paper.look('green', 'holds') : teller.paper.look('red', 'does NOT hold'),
  );
  for (const finding of verdict.findings)
    teller.fact(finding.identity, `${JSON.stringify(finding.subject)}: ${finding.difference}`);
  teller.expect('every identity of stock holds', verdict.holds);
  teller.expect('nothing was oversold', verdict.oversold <= oversoldBefore);
}

/** Units that were promised and not there before the story began: on a server that others use, they are not its own. */
export const oversoldNow = async ({ api }: Scene): Promise<number> => mustSucceed(await api(auditStock)).oversold;
