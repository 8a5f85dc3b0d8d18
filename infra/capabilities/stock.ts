import { type Construct } from 'constructs';
import { channelOrderChanged } from '../../shared/contracts/channels/events.ts';
import * as apis from '../../shared/contracts/stock/apis.ts';
import * as counts from '../../shared/contracts/stock/count-apis.ts';
import { availabilityChanged, stockOversold, stockRecovered } from '../../shared/contracts/stock/events.ts';
import * as movements from '../../shared/contracts/stock/movement-apis.ts';
import * as stripes from '../../shared/contracts/stock/stripe-apis.ts';
import { poolContended, stripesUneven } from '../../shared/contracts/stock/stripe-events.ts';
import * as transfers from '../../shared/contracts/stock/transfer-apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Stock: what is where, what may be sold, and whether the books agree with it. */
export class Stock extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'stock', foundation);
    this.routes(apis, {
      receiveStock: { network: 'read', stock: 'write' },
      adjustStock: { network: 'read', stock: 'write' },
      readStock: { stock: 'read' },
      readAvailability: { network: 'read', stock: 'read' },
      listStockExceptions: { stock: 'read' },
    });
    this.routes(movements, {
      moveStock: { network: 'read', stock: 'readWrite', size: { timeoutSeconds: 29, memoryMb: 1024 } },
      setStock: { network: 'read', stock: 'readWrite', idempotency: 'readWrite' },
    });
    this.routes(counts, {
      createCount: { network: 'read', stock: 'readWrite' },
      readCount: { stock: 'read' },
      listCounts: { stock: 'read' },
      submitCount: { stock: 'readWrite' },
      recountStock: { stock: 'readWrite' },
      completeCount: { network: 'read', stock: 'readWrite', size: { timeoutSeconds: 29 } },
      cancelCount: { stock: 'readWrite' },
    });
    this.routes(transfers, {
      createTransfer: { network: 'read', stock: 'write' },
      readTransfer: { stock: 'read' },
      listTransfers: { stock: 'read' },
      receiveTransfer: { network: 'read', stock: 'readWrite' },
      closeTransfer: { stock: 'readWrite' },
    });
    this.consumer({
      name: 'keep-exceptions',
      description: 'Keeps an exception while a pool or a location has promised more than is there.',
      contracts: [stockOversold, stockRecovered],
      rights: { stock: 'readWrite' },
      errorImpact: 'Nobody is told that customers were promised what is not there.',
    });
    this.consumer({
      name: 'book-till-sale',
      description: 'Takes what a till has sold off the shelf of its store, and puts back what was returned there.',
      contracts: [channelOrderChanged],
      data: { takenAway: [true] },
      rights: { network: 'read', stock: 'readWrite', inbox: 'readWrite' },
      errorImpact: 'Stores have sold goods that webshops go on selling.',
    });
    this.consumer({
      name: 'derive-kit-availability',
      description: 'Says what a pool can sell of the kits whose components changed; of a kit nothing is derived.',
      contracts: [availabilityChanged],
      data: { operation: [{ 'anything-but': ['kit'] }] },
      batchSize: 100,
      batchingWindowSeconds: 1,
      timeoutSeconds: 30,
      rights: { network: 'read', stock: 'read' },
      errorImpact: 'Channels keep selling kits whose components are gone, and hide those that could be made.',
    }).publishesTo(this.foundation.bus);
    this.publisher({
      name: 'publish-stock-events',
      description: 'Publishes what each pool can sell, once per batch and pool, and the events that stock items carry.',
      table: 'stock',
      // A striped pool is told as the sum of its stripes; shelves are told where a channel is told by location.
      rights: { stock: 'read', network: 'read' },
      newImages: [
        // Allocation moves units from reserved to a shelf's allocated: what a pool can sell stays as it was.
        {
          sk: { S: [{ prefix: 'POOL#' }] },
          cause: { M: { operation: { S: [{ 'anything-but': ['allocate'] }] } } },
        },
        // Shelves whose free units may have changed (goods that leave were allocated before), those that rules have not seen, whose safety stock
        // follows a target or that are closed, and shelves that owe: a stream's numbers are texts.
        {
          sk: { S: [{ prefix: 'LOC#' }] },
          $or: [
            { cause: { M: { operation: { S: [{ 'anything-but': ['ship'] }] } } } },
            { version: { N: ['1'] } },
            { safetyTarget: { N: [{ exists: true }] } },
            { closed: { BOOL: [{ exists: true }] } },
            { atf: { N: [{ prefix: '-' }] } },
          ],
        },
        {
          sk: {
            S: [
              'HOLD',
              'TRANSFER',
              'COUNT',
              'SNAPSHOT',
              'AUDIT',
              'WALK',
              { prefix: 'SUPPLY#' },
              { prefix: 'BACKORDER#' },
              { prefix: 'CONTENTION#' },
            ],
          },
        },
      ],
      // Shelves that owed: what they had promised is there again.
      oldImages: [{ sk: { S: [{ prefix: 'LOC#' }] }, atf: { N: [{ prefix: '-' }] } }],
      errorImpact: 'Channels keep selling what is gone and hide what is there; backorders wait.',
    });
    this.stripes();
  }

  private stripes(): void {
    this.routes(stripes, { setStripes: { stock: 'readWrite', size: { timeoutSeconds: 29 } } });
    this.consumer({
      name: 'tend-stripes',
      description: 'Spreads pools that many buy from at once over more items, and evens out those that are uneven.',
      contracts: [poolContended, stripesUneven],
      batchSize: 100,
      batchingWindowSeconds: 1,
      timeoutSeconds: 30,
      rights: { stock: 'readWrite' },
      errorImpact: 'A SKU that many buy at once stays on few items: its buyers wait, and some are told to try again.',
    });
    this.scheduled({
      name: 'cool-stripes',
      description: 'Takes stripes back from pools that have been quiet.',
      every: { minutes: 60 },
      timeoutSeconds: 300,
      rights: { stock: 'readWrite' },
      errorImpact: 'Nobody is hurt: pools that were hot once keep costing more reads than they need.',
    });
  }
}
