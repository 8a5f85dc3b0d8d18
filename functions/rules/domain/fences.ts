import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Cause } from '../../../shared/model/stock/counters.ts';
import { fence, refence, unfence } from '../../../shared/model/stock/fencing.ts';
import { type RulesPorts } from '../ports.ts';

/** Whose units, how many, and for which document. */
export interface FenceCall {
  readonly sku: string;
  readonly pool: string;
  readonly channelId: string;
  readonly quantity: number;
  readonly reference?: string | undefined;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

type FencePorts = Pick<RulesPorts, 'channel' | 'shareOf' | 'commit'>;
type FenceReply = Pick<FenceCall, 'sku' | 'pool' | 'channelId' | 'quantity'> & { readonly reference?: string };

const causeOf = ({ channelId, reference, actor, now }: FenceCall, operation: string): Cause => ({
  operation,
  reference: reference ?? channelId,
  actor,
  at: now,
});
const shareOf = ({ sku, pool, channelId }: FenceCall) => ({ sku, pool, channel: channelId });
const replyTo = ({ sku, pool, channelId, quantity, reference }: FenceCall): FenceReply => ({
  sku,
  pool,
  channelId,
  quantity,
  ...(reference !== undefined && { reference }),
});

/**
 * Sets units of the pool apart for one channel: only what the pool can sell now. Its orders look for them from then on.
 * Refusals: `unknown-channel`, `unknown-sku`, `insufficient-stock` with what is left.
 */
export const allocateFence = (ports: FencePorts) => (call: FenceCall) =>
  decideAndCommit<FenceReply>(
    ports.commit,
    async () => {
      const channel = await sellerOf(ports, call.channelId, call.pool, '#path/channelId');
      if (!channel.ok) return channel;
      const changes = [
        ...fence(shareOf(call), call.quantity, causeOf(call, 'fence')),
        ...looksForThem(channel.value, call),
      ];
      return ok({ changes, reply: replyTo(call) });
    },
    call.once,
  );

/** Gives what is left of a channel's units back to everybody. Refusals: `unknown-channel`, `unknown-sku`, `insufficient-stock`. */
export const releaseFence = (ports: FencePorts) => (call: FenceCall) =>
  decideAndCommit<FenceReply>(
    ports.commit,
    async () => {
      const channel = await sellerOf(ports, call.channelId, call.pool, '#path/channelId');
      if (!channel.ok) return channel;
      const enough = await hasLeft(ports, call);
      if (!enough.ok) return enough;
      return ok({ changes: unfence(shareOf(call), call.quantity, causeOf(call, 'unfence')), reply: replyTo(call) });
    },
    call.once,
  );

/**
 * Gives what is left of a channel's units to another of the same pool; at no moment are they for sale to anybody else.
 * Refusals: `unknown-channel`, `unknown-sku`, `insufficient-stock`, `invalid-request` for the channel itself.
 */
export const reallocateFence = (ports: FencePorts) => (call: FenceCall & { readonly to: string }) =>
  decideAndCommit<FenceReply & { readonly to: string }>(
    ports.commit,
    async () => {
      const { to, channelId, pool, quantity } = call;
      if (to === channelId) return toItself(to);
      const [from, target] = await Promise.all([
        sellerOf(ports, channelId, pool, '#path/channelId'),
        sellerOf(ports, to, pool, '/to'),
      ]);
      if (!from.ok) return from;
      if (!target.ok) return target;
      const enough = await hasLeft(ports, call);
      if (!enough.ok) return enough;
      const changes = [
        ...refence(shareOf(call), to, quantity, causeOf(call, 'refence')),
        ...looksForThem(target.value, call),
      ];
      return ok({ changes, reply: { ...replyTo(call), to } });
    },
    call.once,
  );

/** The channel, if it sells from this pool. */
async function sellerOf(ports: FencePorts, channelId: string, pool: string, pointer: string): Promise<Result<Channel>> {
  const channel = await ports.channel(channelId);
  if (channel === undefined) {
    return refuse(
      'unknown-channel',
      `There is no channel ${channelId}. Create it with PUT /v1/channels/${channelId}.`,
      {
        errors: [{ pointer, detail: 'is no channel' }],
      },
    );
  }
  if (channel.pool === pool) return ok(channel);
  return refuse('invalid-request', `Channel ${channelId} sells from pool ${channel.pool}: fence its units there.`, {
    facts: { channelId, pool: channel.pool },
    errors: [{ pointer, detail: `sells from pool ${channel.pool}` }],
  });
}

/** A channel whose first units these are is marked, in the same transaction: its orders look for them. */
const looksForThem = (channel: Channel, { now }: FenceCall): Change[] =>
  channel.fenced === true
    ? []
    : [
        replace(
          'channel',
          { ...channel, fenced: true, version: channel.version + 1, updatedAt: now, events: [] },
          channel.version,
        ),
      ];

/** Says what is left before it is tried; the write has the same condition. */
async function hasLeft(ports: FencePorts, { sku, pool, channelId, quantity }: FenceCall): Promise<Result<true>> {
  const left = (await ports.shareOf(sku, pool, channelId))?.fenced ?? 0;
  if (left >= quantity) return ok(true);
  return refuse(
    'insufficient-stock',
    `Channel ${channelId} has ${left} ring-fenced units of ${sku} left, not ${quantity}.`,
    {
      facts: { short: [{ sku, pool, channel: channelId, wanted: quantity, left }] },
      errors: [{ pointer: '/quantity', detail: `must be ${left} at most` }],
    },
  );
}

const toItself = (channelId: string): Result<never> =>
  refuse('invalid-request', `The units are ${channelId}'s already. Name another channel.`, {
    errors: [{ pointer: '/to', detail: 'must be another channel' }],
  });
