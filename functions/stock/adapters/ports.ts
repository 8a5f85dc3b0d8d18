import { isOpenCount } from '../../../shared/model/stock/count.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { get, getOnce, positionOf, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type StockPorts } from '../ports.ts';
import { openOnes } from './open-ones.ts';
import { positionsAt } from './positions-at.ts';

/** The stock capability on DynamoDB. */
export const awsPorts: StockPorts = {
  location: (locationId) => get('location', { locationId }),
  channel: (channelId) => get('channel', { channelId }),
  channelOrder: (orderId) => get('channelOrder', { orderId }),
  product: (sku) => get('product', { sku }),
  position: positionOf,
  positionsAt,
  stockOf,
  count: (countId) => get('stockCount', { countId }),
  openCounts: (location, page) => openOnes<'stockCount'>(`COUNTS#${location}`, page, isOpenCount),
  transfer: (transferId) => get('transfer', { transferId }),
  transfersTo: (location, page) =>
    openOnes<'transfer'>(`TRANSFERS#${location}`, page, ({ state }) => state === 'DISPATCHED'),
  supply: (id) => get('supply', id),
  exception: (exceptionId) => get('stockException', { exceptionId }),
  openExceptions: (page) =>
    openOnes<'stockException'>('EXCEPTIONS', page, ({ resolvedAt }) => resolvedAt === undefined),
  getOnce,
  commit,
};
