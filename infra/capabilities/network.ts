import { type Construct } from 'constructs';
import {
  listChannels,
  listLocations,
  putChannel,
  putLocation,
  readLocation,
} from '../../shared/contracts/network/apis.ts';
import * as products from '../../shared/contracts/network/product-apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** The network: locations that hold stock, channels that sell it, and what is known of the products. */
export class Network extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'network', foundation);
    this.routes(
      { putLocation, readLocation, listLocations, putChannel, listChannels, ...products },
      {
        putLocation: { network: 'readWrite', stock: ['scan', 'readWrite'], size: { timeoutSeconds: 29 } },
        readLocation: { network: 'read', stock: 'read' },
        listLocations: { network: 'read' },
        putChannel: { network: 'readWrite', stock: 'readWrite', credentials: 'readWrite' },
        listChannels: { network: 'read' },
        putProduct: { network: 'readWrite', stock: 'readWrite' },
        readProduct: { network: 'read' },
      },
    );
  }
}
