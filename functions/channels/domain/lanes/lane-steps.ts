import { driftStep } from '../drift/drift-step.ts';
import { orderStep } from '../notices/order-step.ts';
import { stockStep } from '../availability/stock-step.ts';
import { listingsStep, listingsWait } from '../publications/listings-step.ts';
import { type LaneSteps } from './run-lane.ts';
import { type LaneBacklog } from './sweep-lanes.ts';

/** How each lane is worked off; one that is not named is empty. */
export const laneSteps: LaneSteps = { stock: stockStep, orders: orderStep, listings: listingsStep, drift: driftStep };

/** Whether something waits in each. */
export const laneBacklog: LaneBacklog = {
  stock: async (ports, channelId, now) =>
    (await ports.offers.waits(channelId)) || (await hasFeeds(ports, channelId, now)),
  orders: async (ports, channelId) => (await ports.pendingNotices(channelId, 1)).length > 0,
  listings: listingsWait,
  drift: async (ports, channelId) => (await ports.drift.runs(channelId, 1))[0]?.state === 'RUNNING',
};

const hasFeeds: NonNullable<LaneBacklog['stock']> = async (ports, channelId) =>
  (await ports.lanes.all(channelId)).some(({ feeds = [] }) => feeds.length > 0);
