import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { channelOf } from '../../fixtures/world.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { map } from './map.ts';

const channel = channelOf({ channelId: 'walmart-real', type: 'walmart' });
const sample = z.looseObject({ example: z.unknown().optional(), purchaseOrderId: z.unknown().optional() });
const listed = z.object({ list: z.object({ elements: z.object({ order: z.array(z.unknown()) }) }) });

/** The documents of a file: what the API answered, a page as its orders. */
function documentsOf(file: string): Buffer[] {
  const json: unknown = JSON.parse(inputBytes(file).toString());
  const { example = json } = sample.parse(json);
  const page = listed.safeParse(example);
  const all = page.success ? page.data.list.elements.order.map((order) => ({ order })) : [example];
  return all.map((one) => Buffer.from(JSON.stringify(one)));
}

const folders = ['openapi-examples-orders', 'openapi-examples-returns', 'stubs-eolabs', 'stubs-ventmere'];
const answers = folders
  .flatMap((folder) => inputsIn(`walmart/${folder}`))
  .filter((file) => file.endsWith('.json') && !file.includes('.request.'));
const isOrder = (file: string) => !/returns|bulk/i.test(file);
const cases = answers
  .filter(isOrder)
  .flatMap((file) => documentsOf(file).map((document, index) => ({ file, index, document })));
/** Documentation fills these with placeholders: a total of 123 over charges of 1,596. */
const placeholders = /stubs-eolabs\/fetchOrder\.json/;

describe.skipIf(!inputsPresent)('real Walmart payloads (skipped where they are not beside the repository)', () => {
  it.each(cases)('$file $index: total to the minor unit, ids to the digit', async ({ file, document }) => {
    const snapshot = await canonical(channel, map(document));
    const [theirs, ours] = [snapshot.order.channelTotal?.amount, totalOf(snapshot)];
    if (placeholders.test(file)) expect([theirs, ours]).toEqual([12_300, 159_600]);
    else expect(ours).toBe(theirs);
    expect(document.toString()).toContain(`"purchaseOrderId":"${snapshot.order.externalId}"`);
  });

  it('what a seller sends is nothing of ours, in JSON and in XML', () => {
    const requests = folders
      .flatMap((folder) => inputsIn(`walmart/${folder}`))
      .filter((file) => file.includes('.request.'));
    const xml = inputsIn('walmart/xml-walmartlabs-v3').map((file) => inputBytes(file));
    const documents = [...requests.filter((file) => !file.includes('issueRefund')).flatMap(documentsOf), ...xml];
    expect(documents.length).toBeGreaterThan(5);
    for (const document of documents) expect(map(document)).toMatchObject({ kind: 'ignored' });
  });

  it('a return counts when all its units are refunded; an event names an order', () => {
    expect(
      map(documentsOf('walmart/openapi-examples-returns/getReturns.response.200.json')[0] ?? Buffer.alloc(0)),
    ).toEqual({
      kind: 'ignored',
      reason: expect.stringContaining('1 of 3 units') as string,
    });
    expect(map(inputBytes('walmart/webhook.PO_CREATED.json'))).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('1234567890123') as string,
    });
  });
});
