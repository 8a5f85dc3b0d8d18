import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChannelOrderSnapshot } from '../../../shared/contracts/channels/channel-order.ts';
import { chargesMinor } from '../../../shared/model/orders/money.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { connectionOf } from '../fixtures/connection.ts';
import { type Connector, type Delivery, type Inbound, type Mapped } from '../domain/connector.ts';
import { resolveOrder } from '../domain/resolve-order.ts';

/** A delivery as the channel sends it, or a document as its API answers it. */
export interface ContractCase {
  readonly name: string;
  readonly topic: string;
  readonly body: Buffer;
  /** What it must come to. */
  readonly kind: Mapped['kind'];
}

/** What the contract suite needs to know of one type of channel. */
export interface ConnectorContract {
  readonly connector: Connector;
  readonly channel: Channel;
  readonly cases: readonly ContractCase[];
  /** Signs a body as the channel does at a time; absent where nothing is signed. */
  readonly sign?: (
    body: Buffer,
    how: { readonly secret: string; readonly at: Date },
  ) => Pick<Inbound, 'headers'> & Partial<Inbound>;
  /** After how many seconds a signature is too old; absent where the channel does not date it. */
  readonly expiresAfterSeconds?: number;
}

const secrets = ['the-newest-signing-secret', 'the-one-before-it'];
const at = new Date('2026-11-22T09:30:00.000Z');

/** What an order comes to by its parts, in minor units. */
export const totalOf = ({ order }: Pick<ChannelOrderSnapshot, 'order'>): number =>
  order.lines.reduce(
    (sum, { quantity, unitPrice, discount, tax }) =>
      sum + quantity * unitPrice.amount - (discount?.amount ?? 0) + (tax?.amount ?? 0),
    (order.shipping?.price.amount ?? 0) + (order.shipping?.tax?.amount ?? 0) + chargesMinor(order),
  );

/** The canonical order of what a connector read, on a channel of the order's currency where every SKU and pickup point is known. */
export async function canonical(channel: Channel, mapped: Mapped): Promise<ChannelOrderSnapshot> {
  if (mapped.kind !== 'order') throw new Error(`${mapped.kind}: ${'reason' in mapped ? mapped.reason : ''}`);
  const ports = {
    skusOf: () => Promise.resolve(['SKU-1']),
    isKnownSku: () => Promise.resolve(true),
    productsWith: () => Promise.resolve([]),
    skusNear: () => Promise.resolve([]),
    stockedAmong: () => Promise.resolve([]),
  };
  const { currency, delivery } = mapped.snapshot.order;
  const locations = { [delivery?.pickupPoint?.externalId ?? '']: 'our-store' };
  const resolved = await resolveOrder(ports, { ...channel, currency, locations }, mapped.snapshot);
  if (resolved.kind !== 'order') throw new Error(`${resolved.code}: ${resolved.reason}`);
  return resolved.snapshot;
}

/** The suite that every connector passes: whose signature counts, that mapping is pure and survives anything, totals and ids. */
export function connectorContract(contract: ConnectorContract): void {
  if (contract.sign !== undefined) signatures(contract, contract.sign);
  if (contract.connector.map !== undefined) mapping(contract, contract.connector.map);
}

function signatures(
  { connector, channel, cases, expiresAfterSeconds }: ConnectorContract,
  sign: NonNullable<ConnectorContract['sign']>,
) {
  const body = cases[0]?.body ?? Buffer.from('{}');
  const take = (inbound: Inbound, now = at) =>
    connector.takeIn?.(inbound, connectionOf(channel, { signing: secrets, now: () => now.toISOString() })) ??
    Promise.reject(new Error('it signs and takes nothing in'));
  const inboundOf = (secret: string, when = at): Inbound => ({ query: {}, body, ...sign(body, { secret, at: when }) });

  describe('a signature', () => {
    it.each(secrets)('by the accepted secret "%s" is good, and a repeat is the same delivery', async (secret) => {
      const [first, again] = [await take(inboundOf(secret)), await take(inboundOf(secret))];
      expect(first).toMatchObject({ ok: true });
      expect(idsOf(again)).toEqual(idsOf(first));
      expect(idsOf(first).every((id) => id.length > 0)).toBe(true);
    });

    it('over another body, even by one bit of it, is refused', async () => {
      for (const index of [0, Math.floor(body.length / 2), body.length - 1]) {
        const flipped = Buffer.from(body.map((byte, place) => (place === index ? byte ^ 1 : byte)));
        expect(await take({ ...inboundOf(secrets[0] ?? ''), body: flipped })).toMatchObject(refused);
      }
    });

    it('by another secret, or none at all, is refused', async () => {
      expect(await take(inboundOf('another-secret-altogether'))).toMatchObject(refused);
      expect(await take({ headers: {}, query: {}, body })).toMatchObject(refused);
    });

    it.runIf(expiresAfterSeconds !== undefined)('that is too old is refused', async () => {
      const later = new Date(at.getTime() + ((expiresAfterSeconds ?? 0) + 1) * 1000);
      expect(await take(inboundOf(secrets[0] ?? ''), later)).toMatchObject(refused);
    });
  });
}

const refused = { ok: false, refusal: { code: 'invalid-signature' } };
const idsOf = (taken: { readonly ok: boolean; readonly value?: readonly Delivery[] }) =>
  (taken.value ?? []).map(({ deliveryId }) => deliveryId);

function mapping({ channel, cases }: ConnectorContract, map: NonNullable<Connector['map']>) {
  const mapped = (body: Buffer, topic: string) => map(body, { channel, topic, deliveryId: 'delivery-1' });
  const topics = [...new Set(cases.map(({ topic }) => topic))];

  describe('mapping', () => {
    it.each(cases)('$name: $kind, the same each time', ({ body, topic, kind }) => {
      expect(mapped(body, topic).kind).toBe(kind);
      expect(mapped(body, topic)).toEqual(mapped(Buffer.from(body), topic));
    });

    it.each(cases.filter(({ kind }) => kind === 'order'))(
      '$name: total to the minor unit, ids to the digit',
      async ({ body, topic }) => {
        const snapshot = await canonical(channel, mapped(body, topic));
        const { order } = snapshot;
        expect(totalOf(snapshot)).toBe(order.channelTotal?.amount ?? order.total?.amount);
        for (const id of [order.externalId, ...order.lines.map(({ externalLineId }) => externalLineId ?? '')])
          expect(body.toString()).toContain(id);
      },
    );

    it.each(['', '0', 'null', '[]', '{}', '"text"', '{"id":', '[[[[', '['.repeat(20_000), '{"a":'.repeat(20_000)])(
      'of %.20j is a reason in words, never an error',
      (text) => {
        for (const topic of topics) expectReason(mapped(Buffer.from(text), topic));
      },
    );

    it('of bytes that are no text is a reason in words', () => {
      for (const topic of topics) expectReason(mapped(Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]), topic));
    });

    it('of anything in the place of any field ends in an outcome', () => {
      const bodies = cases.filter(({ body }) => body.length < 100_000);
      fc.assert(
        fc.property(fc.constantFrom(...bodies), fc.nat(), fc.jsonValue(), ({ body, topic }, place, value) => {
          const outcome = mapped(Buffer.from(withOther(body.toString(), place, value)), topic);
          if (outcome.kind === 'ignored' || outcome.kind === 'quarantined') expectReason(outcome);
        }),
        { numRuns: 200 },
      );
    });
  });
}

function expectReason(outcome: Mapped): void {
  expect(['ignored', 'quarantined']).toContain(outcome.kind);
  expect('reason' in outcome && outcome.reason.length).toBeGreaterThan(10);
}

/** The text with another JSON value in the place of one of its values; text that is no JSON is cut at the place. */
function withOther(text: string, place: number, value: unknown): string {
  const values = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)/g)];
  const chosen = values[place % Math.max(1, values.length)];
  if (chosen?.[1] === undefined) return text.slice(0, place % Math.max(1, text.length));
  const start = chosen.index + chosen[0].length - chosen[1].length;
  return `${text.slice(0, start)}${JSON.stringify(value)}${text.slice(start + chosen[1].length)}`;
}
