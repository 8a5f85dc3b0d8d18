import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { mapOrder } from './map-order.ts';
import { type Segment, at, firstOf } from './x12/segment.ts';
import { readDocument } from './inbound/document.ts';

const channel = channelOf({ channelId: 'partner', type: 'edi' });
const isOrder: Readonly<Record<string, string>> = { '850': 'BEG', '860': 'BCH', '940': 'W05' };

describe.skipIf(!inputsPresent)(
  'recorded sets (skipped where the recorded payloads are not beside the repository)',
  () => {
    it.each(inputsIn('edi'))('%s', async (path) => {
      const body = inputBytes(path);
      const document = readDocument(body);
      expect(document?.type).toMatch(/^\d{3}$/);
      const mapped = mapOrder(body, { channel, topic: 'x12', deliveryId: path });
      const head = isOrder[document?.type ?? ''];
      if (head === undefined) {
        const reason = expect.stringContaining(document?.type ?? '') as string;
        expect(mapped).toMatchObject({ kind: 'ignored', reason });
        return;
      }
      const segments = document?.segments ?? [];
      const isCancelled = ['01', 'F'].includes(at(firstOf(segments, head), 1));
      if (isCancelled) {
        expect(mapped).toMatchObject({ kind: 'change', change: { kind: 'cancel' } });
        return;
      }
      const snapshot = await canonical(channel, mapped);
      const lines = segments.filter(({ tag }) => tag === 'PO1' || tag === 'W01');
      expect(snapshot.order.lines).toHaveLength(lines.length);
      expect(snapshot.order.lines.map(({ quantity }) => quantity)).toEqual(
        lines.map((line) => Number(at(line, line.tag === 'PO1' ? 2 : 1))),
      );
      expect(segments.flatMap(({ elements }) => elements)).toContain(snapshot.order.externalId);
      if (segments.some(({ tag }) => tag === 'SAC' || tag === 'TXI')) return;
      expect(totalOf(snapshot)).toBe(snapshot.order.channelTotal?.amount ?? statedTotal(segments));
    });
  },
);

/** Units by price in cents, by integers alone; a line without a price has the one of the CTP after it, or none. */
function statedTotal(segments: readonly Segment[]): number {
  let cents = 0;
  let units = 0;
  for (const segment of segments) {
    const price =
      segment.tag === 'PO1' ? at(segment, 4) : segment.tag === 'CTP' && units > 0 ? at(segment, 3) : undefined;
    if (segment.tag === 'PO1') units = Number(at(segment, 2));
    if (price === undefined || price === '') continue;
    cents += Math.round(units * Number(price) * 100);
    units = 0;
  }
  return cents;
}
