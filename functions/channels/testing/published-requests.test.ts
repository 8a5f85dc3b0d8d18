import { describe, expect, it } from 'vitest';
import { connectors } from '../connectors/index.ts';
import { type ChannelCall } from '../domain/connection.ts';
import { inputsPresent } from '../fixtures/inputs.ts';
import { differencesFrom } from './differences.ts';
import { faultsOf, published, samplesFor } from './judge-request.ts';
import { publishedAnswers } from './published/answers.ts';
import { type PublishedCall } from './published/published-call.ts';
import { ownContracts, publishedCalls } from './published/published-calls.ts';
import { samplesOf, validatorOf } from './published/samples.ts';
import { readX12, readXml } from './read-body.ts';

const all = Object.entries(publishedCalls).flatMap(([type, calls]) => calls.map((one) => ({ type, ...one })));
const json = (method: ChannelCall['method'], path: string, body?: unknown): ChannelCall => ({
  ...{
    operation: 'any',
    method,
    url: `https://channel.example${path}`,
    headers: { 'content-type': 'application/json' },
  },
  ...(body !== undefined && { body: JSON.stringify(body) }),
});
const price = { sku: 'A', pricing: [{ currentPriceType: 'BASE', currentPrice: { currency: 'USD', amount: 1 } }] };

describe('a call to a channel', () => {
  it('passes as it is published, with what is optional left out', () => {
    expect(faultsOf('walmart', json('PUT', '/v3/price', price))).toEqual([]);
    expect(faultsOf('walmart', json('GET', '/v3/items/A'))).toEqual([]);
    expect(faultsOf('walmart', json('DELETE', '/v3/items/A?x=1'))).toEqual([]);
  });

  it.each([
    ['is not listed', 'walmart', json('POST', '/v3/prices', price), 'POST /v3/prices of walmart is not listed'],
    ['of a type without a list', 'nobody', json('POST', '/a', {}), 'type "nobody" have no list'],
    ['has another field', 'walmart', json('PUT', '/v3/price', { ...price, colour: 'red' }), '.colour is not there'],
    ['has another kind', 'walmart', json('PUT', '/v3/price', { ...price, sku: 1 }), '.sku is no number there'],
    ['has a body', 'walmart', json('DELETE', '/v3/items/A', {}), 'it has no body there'],
    ['has no body', 'walmart', json('PUT', '/v3/price'), 'its body is missing'],
    ['is of another feed', 'walmart', json('POST', '/v3/feeds?feedType=price', {}), 'is not listed'],
  ])('that %s does not', async (_what, type, call, words) => {
    expect(faultsOf(type, call).join()).toContain(words);
    await expect(published(type, () => Promise.reject(new Error('made')))(call)).rejects.toThrow(words);
  });

  it.each(Object.keys(connectors))('of type "%s" is held against a list, or is our own contract', (type) => {
    expect(type in publishedCalls || ownContracts.includes(type)).toBe(true);
  });
});

/** Held against nothing that a channel gave: its documentation alone. */
const isDocumentedAlone = ({ schema, requests, recorded, answers, documented }: PublishedCall): boolean =>
  documented?.body !== undefined && [schema, requests, recorded, answers].every((one) => one === undefined);

it('so many kinds of body have neither a schema nor an example, and name their documentation', () => {
  const alone = all.filter(isDocumentedAlone);
  for (const { documented } of alone) expect(documented?.source).toMatch(/^https:/);
  const counted = Object.entries(Object.groupBy(alone, ({ type }) => type)).map(([type, some = []]) => [
    type,
    some.length,
  ]);
  expect(Object.fromEntries(counted)).toEqual({
    ...{ adobe: 8, amazon: 5, bigcommerce: 4, ebay: 7, onx: 7, shopify: 13, square: 7, tiktok: 14, walmart: 6 },
    woocommerce: 3,
  });
});

describe.skipIf(!inputsPresent)(
  'what is published (skipped where the real inputs are not beside the repository)',
  () => {
    it.each(all.filter((one) => !isDocumentedAlone(one)))('$type $call: is there, and tells another body', (one) => {
      for (const place of [...(one.requests ?? []), ...(one.answers ?? [])]) expect(samplesOf(place)).not.toEqual([]);
      const samples = samplesFor(one);
      if (one.recorded === true) expect(samples.length).toBeGreaterThan(one.documented?.body === undefined ? 0 : 1);
      for (const sample of samples) expect(differencesFrom(samples, sample)).toEqual([]);
      for (const sample of samples) {
        const other = Array.isArray(sample) ? [{ unheardOf: 1 }] : { ...(sample as object), unheardOf: 1 };
        expect(differencesFrom(samples, other).join()).toContain('unheardOf is not there');
      }
      if (one.schema !== undefined) expect(validatorOf(one.schema)({ messages: [] })).toBe(false);
    });

    it.each(Object.values(publishedAnswers).flat())('the answer to $call is there', ({ answers }) => {
      for (const place of answers) expect(samplesOf(place)).not.toEqual([]);
    });
  },
);

describe('a body that is no JSON', () => {
  it('of XML is its elements', () => {
    const xml = '<?xml version="1.0"?>\n<A x="1"><B>1</B><B>2</B><C/><D><E y="2">text</E></D></A>';
    expect(readXml(xml)).toEqual({ A: [{ B: ['1', '2'], C: [''], D: [{ E: ['text'] }] }] });
  });

  it.each(['~\n', '~', '\n'])('of X12 is its sets, whatever ends a segment: %j', (end) => {
    const isa =
      'ISA*00*          *00*          *ZZ*OURS           *ZZ*THEIRS         *261122*0930*U*00401*000000001*0*P*>';
    const text = [isa, 'GS*PR*OURS', 'ST*855*0001', 'BAK*00**NM-7', 'ACK*IA*1', 'ACK*IB', 'SE*5*0001', 'GE*1', ''].join(
      end,
    );
    expect(readX12(text)).toEqual({
      855: {
        ...{ ST: [{ '01': '855', '02': '0001' }], BAK: [{ '01': '00', '03': 'NM-7' }] },
        ...{ ACK: [{ '01': 'IA', '02': '1' }, { '01': 'IB' }], SE: [{ '01': '5', '02': '0001' }] },
      },
    });
  });
});
