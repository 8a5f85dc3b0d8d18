import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineEvent } from '../../contracts/define-event.ts';
import { logger } from '../logger.ts';
import { batchConsumer, eventConsumer } from './consumer.ts';

const counted = defineEvent({
  name: 'ShelfCounted',
  version: 1,
  capability: 'test',
  fires: 'When a shelf was counted.',
  data: z.object({ units: z.int() }),
  example: { units: 1 },
});
const about = { now: '2026-11-22T09:30:00.000Z', actor: 'test' };
const envelope = (version: number, data: object = { units: version }) =>
  JSON.stringify({
    'detail-type': counted.type,
    detail: { ...counted.of('shelf', version, about, { units: 1 }), data },
  });
const batch = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;
const failures = (answer: unknown) =>
  (answer as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map(
    ({ itemIdentifier }) => itemIdentifier,
  );

const context = {} as Context;
const errors = vi.spyOn(logger, 'error').mockImplementation(() => undefined);
beforeEach(() => errors.mockClear());

describe('a consumer of events', () => {
  it('takes each event by its contract', async () => {
    const seen: number[] = [];
    const handler = eventConsumer([counted], ({ data }) => Promise.resolve(void seen.push(data.units)));
    expect(failures(await handler(batch(envelope(1), envelope(2)), context))).toEqual([]);
    expect(seen).toEqual([1, 2]);
  });

  it('fails what cannot be read alone, and says why', async () => {
    const seen: number[] = [];
    const handler = eventConsumer([counted], ({ data }) => Promise.resolve(void seen.push(data.units)));
    const unreadable = [
      'no JSON',
      'null',
      JSON.stringify({ 'detail-type': 'Unknown.v1', detail: {} }),
      envelope(7, { units: 'many' }),
      JSON.stringify({ 'detail-type': counted.type }),
    ];
    const answer = await handler(batch(envelope(1), ...unreadable, envelope(2)), context);
    expect(failures(answer)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(seen).toEqual([1, 2]);
    expect(errors).toHaveBeenCalledTimes(unreadable.length);
  });

  it('fails what cannot be done alone, and does the rest', async () => {
    const done: number[] = [];
    const handler = eventConsumer([counted], ({ data }) => {
      if (data.units === 2) throw new Error('the shelf fell over');
      done.push(data.units);
      return Promise.resolve();
    });
    expect(failures(await handler(batch(envelope(1), envelope(2), envelope(3)), context))).toEqual(['m1']);
    expect(done).toEqual([1, 3]);
    expect(errors).toHaveBeenCalledWith(
      'an event could not be consumed',
      expect.objectContaining({ event: expect.anything() as unknown }),
    );
  });
});

describe('a consumer of batches', () => {
  it('is given what can be read, and says which must come again', async () => {
    const handler = batchConsumer([counted], (messages) => {
      expect(messages.map(({ version }) => version)).toEqual([1, 2]);
      return Promise.resolve(messages.slice(1).map(({ id }) => id));
    });
    expect(failures(await handler(batch(envelope(1), 'no JSON', envelope(2)), context))).toEqual(['m1', 'm2']);
  });

  it('that breaks has its whole batch again', async () => {
    const handler = batchConsumer([counted], () => Promise.reject(new Error('broken')));
    await expect(handler(batch(envelope(1)), context)).rejects.toThrow('broken');
  });
});
