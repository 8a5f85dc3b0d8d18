import { type Construct } from 'constructs';
import { listChannels, listLocations, putLocation, readLocation } from '../../shared/contracts/network/apis.ts';
import * as prices from '../../shared/contracts/network/price-apis.ts';
import * as products from '../../shared/contracts/network/product-apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** The network: locations that hold stock, channels that sell it, and what is known of the products. */
export class Network extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'network', foundation);
    this.routes(
      { putLocation, readLocation, listLocations, listChannels, ...products, ...prices },
      {
        putLocation: { network: 'readWrite', stock: ['scan', 'readWrite'], size: { timeoutSeconds: 29 } },
        readLocation: { network: 'read', stock: 'read' },
        listLocations: { network: 'read' },
        listChannels: { network: 'read' },
        putProduct: { network: 'readWrite', stock: 'readWrite' },
        readProduct: { network: 'read' },
        putPriceList: { network: 'readWrite' },
        listPriceLists: { network: 'read' },
        putPrices: { network: 'readWrite', size: { timeoutSeconds: 29 } },
        listPrices: { network: 'read' },
      },
    );
    this.publisher({
      name: 'publish-network-events',
      description: 'Publishes the events that products, prices and channels carry: that they have changed.',
      table: 'network',
      newImages: [{ version: { N: [{ exists: true }] } }],
      errorImpact: 'Channels go on showing products and prices as they were.',
    });
  }
}
