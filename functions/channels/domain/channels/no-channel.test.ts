import { expect, it } from 'vitest';
import { type Result } from '../../../../shared/kernel/result.ts';
import { now } from '../../fixtures/now.ts';
import { worldOf } from '../../fixtures/world.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { readOffer } from '../availability/read-offer.ts';
import { retryOffers } from '../availability/retry-offers.ts';
import { listDrift, readDrift } from '../drift/read-drift.ts';
import { readHealth } from '../lanes/read-health.ts';
import { readListing } from '../listings/read-listing.ts';
import { listNotices } from '../notices/list-notices.ts';
import { retryNotice } from '../notices/settle-notice.ts';
import { readBackfill, startBackfill, stopBackfill } from '../polling/backfill.ts';
import { exportPublications } from '../publications/import-export.ts';
import { listPublications, readPublication, retryPublication } from '../publications/read-publication.ts';
import { listInbox } from '../quarantine/list-inbox.ts';
import { noChannel } from './read-channel.ts';

const channelId = 'nowhere';
const key = { channelId, sku: 'MUG' };
const limit = 10;
const calls: Record<string, (ports: ChannelsPorts) => Promise<Result<unknown>>> = {
  quarantine: (ports) => listInbox(ports)(channelId, 'QUARANTINED', { limit }),
  notices: (ports) => listNotices(ports)(channelId, 'REFUSED', { limit }),
  'a notice': (ports) => retryNotice(ports)({ channelId, noticeId: 'none', now, actor: 'ada' }),
  publications: (ports) => listPublications(ports)(channelId, 'REJECTED', { limit }),
  'publications as text': (ports) => exportPublications(ports)(channelId, { format: 'csv', limit }),
  'a publication': (ports) => readPublication(ports)(key, now),
  'a publication again': (ports) => retryPublication(ports)(key, { now }),
  'a listing': (ports) => readListing(ports)(key),
  'an offer': (ports) => readOffer(ports)(key),
  'offers again': (ports) => retryOffers(ports)({ channelId, now }),
  health: (ports) => readHealth(ports)(channelId, now),
  comparisons: (ports) => listDrift(ports)(channelId),
  'a comparison': (ports) => readDrift(ports)({ channelId, number: 1 }),
  'a new backfill': (ports) => startBackfill(ports)({ channelId, from: '2026-01-01T00:00:00Z', now }),
  'a backfill': (ports) => readBackfill(ports)({ channelId, backfillId: 'b1' }),
  'a backfill to stop': (ports) => stopBackfill(ports)({ channelId, backfillId: 'b1', now }),
};

it.each(Object.entries(calls))('%s of a channel that is none: it is the channel that is not there', async (_, call) => {
  expect(await call(worldOf().ports)).toEqual(noChannel(channelId));
});
